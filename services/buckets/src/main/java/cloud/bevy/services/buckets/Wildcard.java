package cloud.bevy.services.buckets;

/// Matches texts with patterns of policies: `*` stands for any characters, `?` for one.
final class Wildcard {
  /// Stands before a character that stands for itself.
  static final char LITERALLY = '\0';

  private Wildcard() {}

  /// Whether all of the text is as the pattern says. Takes time in proportion to the product of
  /// their lengths at worst.
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && one(pattern, p, text.charAt(t))) {
        p += width(pattern, p);
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /// Whether a pattern stands for more than one text.
  static boolean isOne(String pattern) {
    return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
  }

  /// A pattern that only this text matches.
  static String literally(String text) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*' || c == '?' || c == LITERALLY) {
        pattern.append(LITERALLY);
      }
      pattern.append(c);
    }
    return pattern.toString();
  }

  private static boolean one(String pattern, int at, char c) {
    char wanted = pattern.charAt(at);
    if (wanted == LITERALLY && at + 1 < pattern.length()) {
      return pattern.charAt(at + 1) == c;
    }
    return wanted == '?' || wanted == c;
  }

  private static int width(String pattern, int at) {
    return pattern.charAt(at) == LITERALLY && at + 1 < pattern.length() ? 2 : 1;
  }
}
