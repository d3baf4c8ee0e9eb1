package cloud.bevy.services.search;

/// Regular expressions for strings whatever the case of their letters.
final class Cases {
  private Cases() {}

  /// For exactly this text.
  static String any(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> add(out, c));
    return out.toString();
  }

  /// For what a pattern with `*` and `?` says.
  static String anyWildcard(String pattern) {
    StringBuilder out = new StringBuilder();
    pattern
        .codePoints()
        .forEach(c -> {
          if (c == '*') {
            out.append(".*");
          } else if (c == '?') {
            out.append('.');
          } else {
            add(out, c);
          }
        });
    return out.toString();
  }

  private static void add(StringBuilder out, int c) {
    int lower = Character.toLowerCase(c);
    int upper = Character.toUpperCase(c);
    if (lower != upper) {
      out.append('[').appendCodePoint(lower).appendCodePoint(upper).append(']');
    } else if (Character.isLetterOrDigit(c)) {
      out.appendCodePoint(c);
    } else {
      out.append('\\').appendCodePoint(c);
    }
  }
}
