package cloud.bevy.product.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is looked for, beside a query.
final class SearchOptions {
  private static final int LONGEST_QUERY = 1 << 20;

  @Option(
      names = "--body",
      paramLabel = "FILE",
      description = "A search in JSON; - reads it from the input. Prints the whole answer.")
  private @Nullable String file;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private @Nullable Integer limit;

  @Option(
      names = "--highlight",
      split = ",",
      paramLabel = "FIELD",
      description = "Show what of this text has matched.")
  private List<String> highlight = new ArrayList<>();

  /// Whether the search is in a file, so that the whole answer is wanted.
  boolean whole() {
    return file != null;
  }

  /// The fields of which is shown what has matched, where none are named.
  SearchOptions highlighting(List<String> fields) {
    if (highlight.isEmpty() && file == null) {
      highlight = fields;
    }
    return this;
  }

  /// The search as OpenSearch has it.
  ///
  /// @param query in Lucene's syntax; empty for none
  /// @param example of a search
  Map<String, Object> search(Common common, String query, String example) throws IOException {
    if ((file == null) == query.isEmpty()) {
      throw new CommandFault(ExitCode.USAGE, "a search is a query or --body", example);
    }
    Map<String, Object> search =
        file == null ? lucene(query) : new LinkedHashMap<>(read(common, file));
    if (limit != null) {
      search.put("size", limit);
    }
    if (!highlight.isEmpty()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      highlight.forEach(field -> fields.put(field, Map.of()));
      search.put("highlight", Map.of("fields", fields));
    }
    return search;
  }

  private static Map<String, Object> lucene(String text) {
    Map<String, Object> search = new LinkedHashMap<>();
    search.put("query", Map.of("query_string", Map.of("query", text)));
    return search;
  }

  private static Map<String, Object> read(Common common, String name) throws IOException {
    byte[] bytes;
    if (name.equals("-")) {
      InputStream input = System.in;
      bytes = input.readNBytes(LONGEST_QUERY);
    } else {
      bytes = common.world().disk().read(Path.of(name), LONGEST_QUERY);
    }
    try {
      return Json.readExactly(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException malformed) {
      throw new CommandFault(
          ExitCode.USAGE,
          name + " is no JSON object",
          "write '{\"query\":{\"match\":{\"title\":\"beer\"}}}'");
    }
  }

  /// What was found.
  static List<Map<?, ?>> hits(Map<String, Object> answer) {
    List<Map<?, ?>> hits = new ArrayList<>();
    if (answer.get("hits") instanceof Map<?, ?> found && found.get("hits") instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> hit) {
          hits.add(hit);
        }
      }
    }
    return hits;
  }

  /// Prints what of a hit has matched.
  static void highlights(Common common, Map<?, ?> hit) {
    if (hit.get("highlight") instanceof Map<?, ?> fields) {
      fields.forEach((field, pieces) -> {
        if (pieces instanceof List<?> all) {
          all.forEach(piece -> common.out().println("    " + field + ": " + piece));
        }
      });
    }
  }
}
