package cloud.bevy.testing.oracles;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What can be asked of any text: nothing is left for later, and nobody's download hosts are
/// written down, so that a build takes its dependencies from wherever it was told to.
final class TextRules {
  // Put together from parts, so that this file keeps its own rule.
  private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
  private static final List<String> HOSTS =
      List.of(
          host("repo", "maven", "apache", "org"),
          host("repo1", "maven", "org"),
          host("central", "sonatype", "com"),
          host("oss", "sonatype", "org"),
          host("plugins", "gradle", "org"),
          host("services", "gradle", "org"),
          host("registry", "npmjs", "org"),
          host("registry", "yarnpkg", "com"),
          host("pypi", "org"),
          host("pythonhosted", "org"),
          host("crates", "io"),
          host("proxy", "golang", "org"),
          host("registry-1", "docker", "io"),
          host("jitpack", "io"));
  private static final Set<String> CODE = Set.of("js", "mjs", "ts", "css", "html", "sh");

  private TextRules() {}

  static List<Violation> check(Repository.TextFile file) {
    List<Violation> violations = new ArrayList<>();
    List<String> lines = file.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      checkLine(file.path(), i + 1, lines.get(i), violations);
    }
    if (isCode(file.path()) && lines.size() >= JavaRules.FILE_LINES) {
      String what = "has " + lines.size() + " lines; a file has fewer than ";
      violations.add(new Violation(file.path(), 0, what + JavaRules.FILE_LINES));
    }
    return violations;
  }

  private static void checkLine(String path, int line, String text, List<Violation> violations) {
    if (LEFT_FOR_LATER.matcher(text).find()) {
      violations.add(new Violation(path, line, "leaves something for later"));
    }
    for (String host : HOSTS) {
      if (text.contains(host)) {
        violations.add(new Violation(path, line, "names the download host " + host));
      }
    }
  }

  private static boolean isCode(String path) {
    return CODE.contains(path.substring(path.lastIndexOf('.') + 1));
  }

  private static String host(String... labels) {
    return String.join(".", labels);
  }
}
