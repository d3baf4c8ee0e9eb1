package cloud.bevy.doors.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A page of `docs/compatibility`, made from the tests: a table of a service's operations with the
/// sentences that the tests check of each. What stands below the table is written by hand, and
/// stays.
///
/// @param service what the service is called: `S3`
/// @param introduction where the sentences come from, and what holds of everything else
/// @param operations all operations of the service's API reference
/// @param sentences what is checked of an operation; none where it is not carried out
record CompatibilityPage(
    String service,
    String introduction,
    List<String> operations,
    Function<String, List<String>> sentences) {
  private static final Pattern TEST =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|Property)\\b[^{]*?\\bvoid (\\w+)\\(", Pattern.DOTALL);
  private static final Path ROOT = Path.of(System.getProperty("bevy.root", "../.."));
  private static final String BY_HAND = "\n## ";

  /// The page as it should be.
  String text() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(service).append("\n\n").append(introduction);
    page.append("\n\n| operation | what holds |\n|---|---|\n");
    for (String operation : operations) {
      List<String> checked = sentences.apply(operation);
      page.append("| ").append(operation).append(" | ");
      page.append(checked.isEmpty() ? "not yet" : String.join("<br>", checked));
      page.append(" |\n");
    }
    return page.append(byHand()).toString();
  }

  /// Where the page is.
  Path path() {
    return ROOT.resolve("docs/compatibility").resolve(service.toLowerCase(Locale.ROOT) + ".md");
  }

  /// The operations of which something is checked.
  List<String> tested() {
    return operations.stream().filter(each -> !sentences.apply(each).isEmpty()).toList();
  }

  /// Writes the page if that was asked for.
  ///
  /// @return how to ask for it
  String rewrite(Class<?> test) throws IOException {
    if (Boolean.getBoolean("bevy.rewrite")) {
      Files.writeString(path(), text());
    }
    return "write it anew: mvn -pl doors/aws -am test -Dtest="
        + test.getSimpleName()
        + " -Dsurefire.failIfNoSpecifiedTests=false -Dbevy.rewrite=true";
  }

  /// The names of the tests in a class of this package; none where there is no such class.
  static List<String> tests(String testClass) {
    Path source =
        ROOT.resolve("doors/aws/src/test/java/cloud/bevy/doors/aws").resolve(testClass + ".java");
    try {
      return Files.exists(source)
          ? TEST.matcher(Files.readString(source)).results().map(CompatibilityPage::name).toList()
          : List.of();
    } catch (IOException e) {
      throw new IllegalStateException(source + " cannot be read", e);
    }
  }

  /// `anObjectMayBeEmpty` as `an object may be empty`.
  static String sentence(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static String name(MatchResult match) {
    return match.group(1);
  }

  private String byHand() throws IOException {
    String before = Files.exists(path()) ? Files.readString(path()) : "";
    int begins = before.indexOf(BY_HAND);
    return begins < 0 ? "" : before.substring(begins);
  }
}
