package cloud.bevy.doors.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A page of `docs/compatibility`, made from the tests: for each operation of a service, the
/// sentences of the test class that has its name and `Test` behind it.
///
/// @param service what the service is called: `S3`
/// @param file the page's name in the folder
/// @param operations all operations of the service's API reference
record CompatibilityPage(String service, String file, List<String> operations) {
  private static final Pattern TEST =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|Property)\\b[^{]*?\\bvoid (\\w+)\\(", Pattern.DOTALL);
  private static final Path ROOT = Path.of(System.getProperty("bevy.root", "../.."));

  /// The page as it should be.
  String text() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(service).append("\n\n");
    page.append("Made from the tests in `doors/aws`: each sentence is one that is checked with");
    page.append(" the AWS SDK for Java. Everything else is answered with an error that says so.");
    page.append("\n\n| operation | what holds |\n|---|---|\n");
    for (String operation : operations) {
      List<String> sentences = sentences(operation);
      page.append("| ").append(operation).append(" | ");
      page.append(sentences.isEmpty() ? "not yet" : String.join("<br>", sentences));
      page.append(" |\n");
    }
    return page.toString();
  }

  /// Where the page is.
  Path path() {
    return ROOT.resolve("docs/compatibility").resolve(file);
  }

  /// The operations that have a test class.
  List<String> tested() {
    return operations.stream().filter(operation -> Files.exists(source(operation))).toList();
  }

  private static List<String> sentences(String operation) throws IOException {
    Path source = source(operation);
    if (!Files.exists(source)) {
      return List.of();
    }
    return TEST.matcher(Files.readString(source))
        .results()
        .map(MatchResult.class::cast)
        .map(match -> sentence(match.group(1)))
        .toList();
  }

  private static Path source(String operation) {
    return ROOT.resolve("doors/aws/src/test/java/cloud/bevy/doors/aws")
        .resolve(operation + "Test.java");
  }

  /// `anObjectMayBeEmpty` as `an object may be empty`.
  private static String sentence(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
