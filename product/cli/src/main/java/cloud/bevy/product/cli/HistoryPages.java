package cloud.bevy.product.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// What the histories of buckets and of tables have in common: which part is told, and how.
final class HistoryPages {
  private static final int PAGE = 1000;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Nothing older: 2026-11-26T10:00:00Z, or 2h for two hours ago.")
  private String since = "";

  @Option(
      names = "--before",
      paramLabel = "VERSION",
      description = "Only what was done before, to go on where an earlier output ended.")
  private String before = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many changes. Default: 100.")
  private int limit = 100;

  /// Prints the changes, and from where to go on if there are more.
  ///
  /// @param path of the history, with the query as far as it does not depend on the page
  /// @param line how a change is printed for people
  int print(Common common, String path, Function<Map<?, ?>, String> line) throws IOException {
    ControlClient control = common.control();
    List<Object> changes = new ArrayList<>();
    String from = before.startsWith("v") ? before.substring(1) : before;
    boolean more = true;
    while (more && changes.size() < limit) {
      String page = Integer.toString(Math.min(PAGE, limit - changes.size()));
      Map<String, Object> answer =
          control.get(
              path
                  + Names.parameter("since", since)
                  + Names.parameter("before", from)
                  + Names.parameter("limit", page));
      if (answer.get("changes") instanceof List<?> read) {
        changes.addAll(read);
      }
      more = answer.containsKey("next");
      from = String.valueOf(answer.get("next"));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("changes", changes);
    if (more) {
      result.put("next", Long.parseLong(from));
    }
    common.print(result, () -> lines(common, changes, line));
    if (more && !common.json()) {
      common.out().flush();
      common.err().println("bevy: there is more: --before v" + from);
    }
    return ExitCode.DONE;
  }

  private static void lines(Common common, List<Object> changes, Function<Map<?, ?>, String> line) {
    for (Object change : changes) {
      if (change instanceof Map<?, ?> fields) {
        common.out().println(line.apply(fields));
      }
    }
  }
}
