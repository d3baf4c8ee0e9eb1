package cloud.bevy.testing.oracles;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A place in the repository that breaks a rule, and how.
///
/// @param line counted from 1; 0 for the whole file
record Violation(String path, long line, String what) implements Comparable<Violation> {
  private static final Comparator<Violation> ORDER =
      Comparator.comparing(Violation::path)
          .thenComparingLong(Violation::line)
          .thenComparing(Violation::what);

  @Override
  public int compareTo(Violation other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line == 0 ? path + ": " + what : path + ":" + line + ": " + what;
  }

  /// All of them, a line each, sorted by file.
  static String report(List<Violation> violations) {
    return violations.stream()
        .sorted()
        .map(Violation::toString)
        .collect(Collectors.joining("\n", violations.size() + " violations:\n", ""));
  }
}
