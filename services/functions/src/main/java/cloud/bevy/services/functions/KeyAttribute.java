package cloud.bevy.services.functions;

/// An attribute of a table's key.
///
/// @param name its name
/// @param type `S` for strings, `N` for numbers, `B` for bytes
public record KeyAttribute(String name, String type) {
  private static final int MAX_NAME = 255;

  /// Checks the name and the type.
  public KeyAttribute {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "a key's name has 1 to " + MAX_NAME + " characters, not " + name.length());
    }
    if (!type.equals("S") && !type.equals("N") && !type.equals("B")) {
      throw new IllegalArgumentException(
          "key \"" + name + "\" is of type \"" + type + "\", but only S, N and B are known");
    }
  }

  /// Reads `id`, a string, or `id:N`, with its type.
  ///
  /// @throws IllegalArgumentException if it is neither
  public static KeyAttribute parse(String text) {
    int colon = text.lastIndexOf(':');
    return colon < 0
        ? new KeyAttribute(text, "S")
        : new KeyAttribute(text.substring(0, colon), text.substring(colon + 1));
  }

  /// The form that [#parse] reads.
  @Override
  public String toString() {
    return name + ':' + type;
  }
}
