package cloud.bevy.product.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands on the search index of a bucket.
final class BucketSearch {
  private BucketSearch() {}

  private static ByteArrayInputStream body(Map<String, Object> json) {
    return new ByteArrayInputStream(Json.line(json).getBytes(StandardCharsets.UTF_8));
  }

  /// Gives a bucket an index, shows it, or takes it away.
  @Command(
      name = "index",
      description = {
        "Give a bucket a search index, or another one in place of the one it has, and wait until it"
            + " is made. With a name alone: show it, and which objects have no text.",
        "Text comes from text, Markdown, HTML and PDF."
      })
  static final class Index implements Callable<Integer> {
    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();

    @Parameters(paramLabel = "BUCKET", description = "The bucket's name.")
    private String bucket = "";

    @Option(names = "--all", description = "All objects.")
    private boolean all;

    @Option(
        names = "--prefix",
        paramLabel = "PREFIX",
        description = "Only keys that begin so; may be given several times.")
    private List<String> prefixes = new ArrayList<>();

    @Option(
        names = "--suffix",
        split = ",",
        paramLabel = "SUFFIX",
        description = "Only keys that end so, as in .md,.pdf")
    private List<String> suffixes = new ArrayList<>();

    @Option(
        names = "--language",
        paramLabel = "NAME",
        description = "Reduce words to their stems: english, german, french, …")
    private String language = "";

    @Option(
        names = "--encrypted",
        description =
            "Also the text of objects that are encrypted with a key of the cloud; in the index it"
                + " is not encrypted.")
    private boolean encrypted;

    @Option(names = "--drop", description = "Take the index away.")
    private boolean drop;

    @Option(names = "--show", description = "Show the index.")
    private boolean show;

    @Override
    public Integer call() throws IOException {
      boolean some = !prefixes.isEmpty() || !suffixes.isEmpty();
      boolean how = encrypted || !language.isEmpty();
      boolean defines = all || some || how;
      if ((drop ? 1 : 0) + (show ? 1 : 0) + (defines ? 1 : 0) > 1 || (all && some)) {
        throw new CommandFault(
            ExitCode.USAGE,
            "--drop, --show, --all and prefixes or suffixes exclude each other",
            "give one of them");
      }
      String path = BucketCommand.path(bucket, "index", cloud);
      if (drop) {
        Map<String, Object> dropped = common.control().delete(path);
        common.print(dropped, () -> common.out().println("Bucket " + bucket + " has no index."));
        return ExitCode.DONE;
      }
      Map<String, Object> said =
          defines ? common.control().post(path, body(definition())) : common.control().get(path);
      common.print(said, () -> tell(said));
      return ExitCode.DONE;
    }

    private Map<String, Object> definition() {
      Map<String, Object> definition = new LinkedHashMap<>();
      definition.put("prefixes", prefixes);
      definition.put("suffixes", suffixes);
      if (!language.isEmpty()) {
        definition.put("language", language);
      }
      definition.put("encrypted", encrypted);
      return definition;
    }

    private void tell(Map<String, Object> said) {
      if (!Boolean.TRUE.equals(said.get("indexed"))) {
        common.out().println("Bucket " + bucket + " has no index.");
        return;
      }
      line("prefixes", joined(said.get("prefixes")));
      line("suffixes", joined(said.get("suffixes")));
      line("language", said.get("language"));
      line("encrypted", Boolean.TRUE.equals(said.get("encrypted")) ? "their text too" : "no text");
      boolean building = Boolean.TRUE.equals(said.get("building"));
      line("objects", building ? "being read" : said.get("objects"));
      if (!building) {
        line("with text", said.get("texts"));
        reasons(said);
      }
    }

    private void reasons(Map<String, Object> said) {
      if (said.get("reasons") instanceof Map<?, ?> counts && !counts.isEmpty()) {
        common.out().println("Not all of the text, or none, have");
        counts.forEach((reason, count) -> common.out().printf("%12s  %s%n", count, reason));
      }
      if (said.get("without") instanceof Map<?, ?> keys && !keys.isEmpty()) {
        common.out().println("such as");
        keys.forEach((key, reason) -> common.out().printf("  %s: %s%n", key, reason));
      }
    }

    private static String joined(@Nullable Object texts) {
      String joined =
          texts instanceof List<?> list
              ? String.join(", ", list.stream().map(String::valueOf).toList())
              : "";
      return joined.isEmpty() ? "all" : joined;
    }

    private void line(String name, @Nullable Object value) {
      common.out().printf("%-12s %s%n", name, value);
    }
  }

  /// Searches a bucket.
  @Command(
      name = "search",
      description = {
        "Print the keys of the objects of a bucket that match, the best first.",
        "A query is words, or Lucene's syntax: 'title:beer AND size:[1 TO 5000]'; or, with"
            + " --body, a search as OpenSearch has it. Fields: text, title, key, metadata,"
            + " content_type, format, size, last_modified, problem. See docs/search.md."
      })
  static final class Search implements Callable<Integer> {
    private static final int BEFORE = 60;
    private static final int LINE = 180;

    @Mixin private final Common common = new Common();
    @Mixin private final CloudOption cloud = new CloudOption();
    @Mixin private final SearchOptions options = new SearchOptions();

    @Parameters(index = "0", paramLabel = "BUCKET", description = "The bucket's name.")
    private String bucket = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "QUERY", description = "What to find.")
    private String query = "";

    @Override
    public Integer call() throws IOException {
      Map<String, Object> search =
          options
              .highlighting(List.of("title", "text"))
              .search(common, query, "bevy bucket search notes 'cold beer'");
      Map<String, Object> answer =
          common.control().post(BucketCommand.path(bucket, "search", cloud), body(search));
      if (options.whole()) {
        common.print(answer, () -> common.out().println(Json.write(answer)));
      } else {
        common.print(answer, () -> tell(answer));
      }
      return ExitCode.DONE;
    }

    private void tell(Map<String, Object> answer) {
      for (Map<?, ?> hit : SearchOptions.hits(answer)) {
        double score = hit.get("_score") instanceof Number number ? number.doubleValue() : 0;
        common.out().printf("%8.3f  %s%n", score, hit.get("_id"));
        if (hit.get("highlight") instanceof Map<?, ?> fields) {
          fields.values().forEach(this::piece);
        }
      }
    }

    /// Prints the first of what has matched, in a line.
    private void piece(@Nullable Object pieces) {
      if (pieces instanceof List<?> list && !list.isEmpty()) {
        String text = String.valueOf(list.getFirst()).replaceAll("\\s+", " ");
        int from = Math.max(0, text.indexOf("<em>") - BEFORE);
        String line = text.substring(from, Math.min(text.length(), from + LINE));
        common.out().println("          " + line);
      }
    }
  }
}
