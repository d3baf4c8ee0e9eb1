package cloud.bevy.foundation.extraction;

/// What is known of a document's text.
///
/// @param title that it gives itself; empty for none
/// @param text its words; empty where they could not be had
/// @param problem why the text is missing, or not all of it is there; empty where it is whole
public record Extracted(String title, String text, String problem) {
  static final int LONGEST_TITLE = 1000;

  /// Shortens the title.
  public Extracted {
    title = title.strip().replaceAll("\\s+", " ");
    title = title.substring(0, whole(title, Math.min(title.length(), LONGEST_TITLE)));
  }

  /// A document without text.
  public static Extracted none(String problem) {
    return new Extracted("", "", problem);
  }

  /// A document of which no more than so many characters of text are taken.
  static Extracted of(String title, String text, int most) {
    return text.length() <= most
        ? new Extracted(title, text, "")
        : new Extracted(title, text.substring(0, whole(text, most)), cut(most));
  }

  /// Says that only so much was taken.
  static String cut(int most) {
    return "it is long: its first " + most + " characters are searched";
  }

  /// An end at which no character is cut in two.
  private static int whole(String text, int end) {
    boolean within =
        end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return within ? end - 1 : end;
  }
}
