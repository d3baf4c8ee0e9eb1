package cloud.bevy.product.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands on the search index of a table.
final class TableSearch {
  private TableSearch() {}

  /// Gives a table an index, shows it, or takes it away.
  @Command(
      name = "index",
      description = {
        "Give a table a search index, or another one in place of the one it has, and wait until it"
            + " is made. Without fields: show it.",
        "Fields are attributes, or within maps as in meta.author; several with commas."
      })
  static final class Index implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Option(
        names = "--text",
        split = ",",
        paramLabel = "FIELD",
        description = "Text, to be found by its words.")
    private List<String> text = new ArrayList<>();

    @Option(
        names = "--keyword",
        split = ",",
        paramLabel = "FIELD",
        description = "Strings as a whole: to filter, sort and count by.")
    private List<String> keyword = new ArrayList<>();

    @Option(
        names = "--number",
        split = ",",
        paramLabel = "FIELD",
        description = "Numbers, to the precision of a double.")
    private List<String> number = new ArrayList<>();

    @Option(
        names = "--date",
        split = ",",
        paramLabel = "FIELD",
        description = "Dates and times: 2026-11-26T10:00:00Z, or milliseconds.")
    private List<String> date = new ArrayList<>();

    @Option(
        names = "--vector",
        split = ",",
        paramLabel = "FIELD:DIM",
        description = "Vectors with so many dimensions, compared by cosine, or :dot or :l2.")
    private List<String> vector = new ArrayList<>();

    @Option(
        names = "--language",
        paramLabel = "NAME",
        description = "Reduce words to their stems: english, german, french, …")
    private String language = "";

    @Option(names = "--drop", description = "Take the index away.")
    private boolean drop;

    @Option(names = "--show", description = "Show the index.")
    private boolean show;

    @Override
    public Integer call() throws IOException {
      String fields =
          parameter("text", text)
              + parameter("keyword", keyword)
              + parameter("number", number)
              + parameter("date", date)
              + parameter("vector", vector);
      if ((drop ? 1 : 0) + (show ? 1 : 0) + (fields.isEmpty() ? 0 : 1) > 1) {
        throw new CommandFault(
            ExitCode.USAGE, "--drop, --show and fields exclude each other", "give one of them");
      }
      String path = TableCommand.path(table, "/index", cloud);
      if (drop) {
        Map<String, Object> dropped = common.control().delete(path);
        common.print(dropped, () -> common.out().println("Table " + table + " has no index."));
        return ExitCode.DONE;
      }
      String words = language.isEmpty() ? "" : Names.parameter("language", language);
      Map<String, Object> said =
          fields.isEmpty()
              ? common.control().get(path)
              : common.control().post(path + fields + words);
      common.print(said, () -> tell(said));
      return ExitCode.DONE;
    }

    private static String parameter(String kind, List<String> fields) {
      return fields.isEmpty() ? "" : Names.parameter(kind, String.join(",", fields));
    }

    private void tell(Map<String, Object> said) {
      if (!Boolean.TRUE.equals(said.get("indexed"))) {
        common.out().println("Table " + table + " has no index.");
        return;
      }
      if (said.get("fields") instanceof Map<?, ?> kinds) {
        kinds.forEach((kind, names) -> line(String.valueOf(kind), joined(names)));
      }
      line("language", said.get("language"));
      boolean building = Boolean.TRUE.equals(said.get("building"));
      line("items", said.get("items") + (building ? " so far, being made" : ""));
    }

    private static String joined(@Nullable Object names) {
      return names instanceof List<?> all
          ? String.join(", ", all.stream().map(String::valueOf).toList())
          : "";
    }

    private void line(String name, @Nullable Object value) {
      common.out().printf("%-12s %s%n", name, value);
    }
  }

  /// Searches a table.
  @Command(
      name = "search",
      description = {
        "Print the items of a table that match, the best first.",
        "A query is words, or Lucene's syntax: 'title:\"cold beer\" AND price:[1 TO 5]'; or, with"
            + " --body, a search as OpenSearch has it. See docs/search.md."
      })
  static final class Search implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();
    @Mixin private final SearchOptions options = new SearchOptions();

    @Parameters(index = "0", paramLabel = "TABLE", description = "The table's name.")
    private String table = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "QUERY", description = "What to find.")
    private String query = "";

    @Override
    public Integer call() throws IOException {
      Map<String, Object> search =
          options.search(common, query, "bevy table search notes 'cold beer'");
      byte[] body = Json.line(search).getBytes(StandardCharsets.UTF_8);
      Map<String, Object> answer =
          common
              .control()
              .post(TableCommand.path(table, "/search", cloud), new ByteArrayInputStream(body));
      if (options.whole()) {
        common.print(answer, () -> common.out().println(Json.write(answer)));
      } else {
        common.print(answer, () -> tell(answer));
      }
      return ExitCode.DONE;
    }

    private void tell(Map<String, Object> answer) {
      for (Map<?, ?> hit : SearchOptions.hits(answer)) {
        common.out().println(Json.line(source(hit)));
        SearchOptions.highlights(common, hit);
      }
    }

    private static Object source(Map<?, ?> hit) {
      Object source = hit.get("_source");
      return source == null ? Map.of() : source;
    }
  }
}
