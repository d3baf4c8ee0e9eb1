package cloud.bevy.doors.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/compatibility/opensearch.md` is made from the tests `…OperationsTest`: an operation's
/// sentences are those tests whose names begin with its own, `indices.getAlias` as
/// `indicesGetAlias`. The operations are those that OpenSearch's client for JavaScript has, without
/// those of plugins. What stands below the table is written by hand, and stays.
class OpenSearchCompatibilityTest {
  private static final Path ROOT = Path.of(System.getProperty("bevy.root", "../.."));
  private static final Path PAGE = ROOT.resolve("docs/compatibility/opensearch.md");
  private static final Path TESTS =
      ROOT.resolve("doors/opensearch/src/test/java/cloud/bevy/doors/opensearch");
  private static final Path OPERATIONS =
      ROOT.resolve("doors/opensearch/src/test/resources/operations.txt");
  private static final String BY_HAND = "\n## ";
  private static final Pattern TEST = Pattern.compile("@Test\\s+void (\\w+)\\(");
  private static final String INTRODUCTION =
      """
      # OpenSearch

      An index is a table that has a search index; a document is an item of it. Made from the
      tests `…OperationsTest` in `doors/opensearch`: each sentence is checked over HTTP. OpenSearch's
      client for JavaScript is tried as well, by `OpenSearchClientTest`, once with a name and a
      password and once with AWS signatures. The operations are those of that client, without the
      plugins'. What is not carried out is answered with `no handler found`, 400. `GET /` says
      `opensearch`, version 2.19.0.

      | operation | what holds |
      |---|---|
      """;

  @Test
  void thePageSaysWhatTheTestsSay() throws IOException {
    if (Boolean.getBoolean("bevy.rewrite")) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE)
        .as(
            "write it anew: mvn -pl doors/opensearch -am test -Dtest=OpenSearchCompatibilityTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dbevy.rewrite=true")
        .hasContent(page());
  }

  @Test
  void eachOperationThatIsCarriedOutIsTested() throws IOException {
    Map<String, List<String>> sentences = sentences();
    for (Route route : Routes.all()) {
      String file = route.operation().getClass().getSimpleName();
      boolean asked =
          Files.readString(TESTS.resolve("CoreOperationsTest.java"))
              .concat(Files.readString(TESTS.resolve("IndicesOperationsTest.java")))
              .concat(Files.readString(TESTS.resolve("ClusterOperationsTest.java")))
              .contains(fixed(route));
      assertThat(asked).as(file + " at " + route.path()).isTrue();
    }
    assertThat(sentences.keySet()).isSubsetOf(operations());
  }

  /// The part of a route's path that no other operation has.
  private static String fixed(Route route) {
    return route.path().stream()
        .filter(part -> !part.startsWith("{"))
        .collect(Collectors.joining("/"));
  }

  private static List<String> operations() throws IOException {
    return Files.readAllLines(OPERATIONS).stream().filter(line -> !line.isBlank()).toList();
  }

  /// By operation, what is checked of it.
  private static Map<String, List<String>> sentences() throws IOException {
    List<String> operations = operations();
    Map<String, List<String>> sentences = new TreeMap<>();
    for (String file : List.of("Core", "Indices", "Cluster")) {
      String source = Files.readString(TESTS.resolve(file + "OperationsTest.java"));
      Matcher tests = TEST.matcher(source);
      while (tests.find()) {
        String test = tests.group(1);
        String operation = operation(operations, test);
        sentences
            .computeIfAbsent(operation, _ -> new ArrayList<>())
            .add(sentence(test.substring(camel(operation).length())));
      }
    }
    return sentences;
  }

  /// The operation whose name a test's begins with: the longest that fits.
  private static String operation(List<String> operations, String test) {
    return operations.stream()
        .filter(each -> test.matches(camel(each) + "[A-Z].*"))
        .max((one, other) -> Integer.compare(one.length(), other.length()))
        .orElseThrow(() -> new AssertionError(test + " begins with no operation"));
  }

  private static String camel(String operation) {
    int point = operation.indexOf('.');
    return point < 0
        ? operation
        : operation.substring(0, point)
            + operation.substring(point + 1, point + 2).toUpperCase(Locale.ROOT)
            + operation.substring(point + 2);
  }

  private static String sentence(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
        .toLowerCase(Locale.ROOT)
        .strip();
  }

  private static String page() throws IOException {
    Map<String, List<String>> sentences = sentences();
    StringBuilder page = new StringBuilder(INTRODUCTION);
    List<String> absent = new ArrayList<>();
    for (String operation : operations()) {
      List<String> checked = sentences.get(operation);
      if (checked == null) {
        absent.add(operation);
      } else {
        page.append("| ").append(operation).append(" | ").append(String.join("<br>", checked));
        page.append(" |\n");
      }
    }
    page.append("\nNot there: ").append(String.join(", ", absent)).append(".\n");
    String before = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    int begins = before.indexOf(BY_HAND);
    return begins < 0 ? page.toString() : page.append(before.substring(begins)).toString();
  }
}
