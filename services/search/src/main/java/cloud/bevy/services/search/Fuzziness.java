package cloud.bevy.services.search;

import java.util.Arrays;

/// How many letters of a word may differ: `0`, `1`, `2`, `AUTO` or `AUTO:3,6`.
final class Fuzziness {
  private static final int SHORT = 3;
  private static final int LONG = 6;

  private Fuzziness() {}

  /// The number of edits for a word.
  ///
  /// @throws SearchRefusal if it is no fuzziness
  static int edits(String fuzziness, String word) {
    String text = fuzziness.endsWith(".0") ? fuzziness.replace(".0", "") : fuzziness;
    if (text.matches("[0-2]")) {
      return Integer.parseInt(text);
    }
    if (text.equalsIgnoreCase("AUTO")) {
      return edits(word, SHORT, LONG);
    }
    if (text.matches("(?i)AUTO:[0-9]{1,4},[0-9]{1,4}")) {
      int[] limits =
          Arrays.stream(text.substring(5).split(",", -1)).mapToInt(Integer::parseInt).toArray();
      return edits(word, limits[0], limits[1]);
    }
    throw SearchRefusal.illegal("[" + fuzziness + "] is no fuzziness: it is 0, 1, 2 or AUTO");
  }

  private static int edits(String word, int one, int two) {
    int length = word.codePointCount(0, word.length());
    return length < one ? 0 : length < two ? 1 : 2;
  }
}
