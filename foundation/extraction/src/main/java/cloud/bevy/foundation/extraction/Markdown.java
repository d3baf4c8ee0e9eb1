package cloud.bevy.foundation.extraction;

/// Finds the title of a Markdown document: its first heading.
final class Markdown {
  /// A title that comes later is none.
  private static final int LINES = 500;

  private Markdown() {}

  static String title(String text) {
    String before = "";
    boolean code = false;
    boolean matter = false;
    int number = 0;
    int at = 0;
    while (at < text.length() && number++ < LINES) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end).strip();
      at = end < 0 ? text.length() : end + 1;
      if (number == 1 && line.equals("---")) {
        matter = true;
      } else if (matter) {
        matter = !line.equals("---");
      } else if (line.startsWith("```") || line.startsWith("~~~")) {
        code = !code;
      } else if (!code) {
        String heading = heading(line);
        if (!heading.isEmpty()) {
          return heading;
        } else if (!before.isEmpty() && underlines(line)) {
          return before;
        }
        before = line;
      }
    }
    return "";
  }

  private static String heading(String line) {
    int level = 0;
    while (level < line.length() && line.charAt(level) == '#') {
      level++;
    }
    if (level == 0 || level > 6 || level == line.length() || line.charAt(level) != ' ') {
      return "";
    }
    int end = line.length();
    while (end > level && line.charAt(end - 1) == '#') {
      end--;
    }
    return line.substring(level, end).strip();
  }

  private static boolean underlines(String line) {
    return line.length() > 2
        && (line.chars().allMatch(c -> c == '=') || line.chars().allMatch(c -> c == '-'));
  }
}
