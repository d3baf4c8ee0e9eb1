package cloud.bevy.services.search;

import java.util.List;

/// The languages whose words can be reduced to their stems. Their names alone, so that who only
/// reads a definition loads nothing else.
final class Languages {
  private static final List<String> KNOWN =
      List.of(
          SearchDefinition.PLAIN,
          "arabic",
          "czech",
          "danish",
          "dutch",
          "english",
          "finnish",
          "french",
          "german",
          "greek",
          "hindi",
          "hungarian",
          "italian",
          "norwegian",
          "portuguese",
          "romanian",
          "russian",
          "spanish",
          "swedish",
          "turkish");

  private Languages() {}

  static boolean known(String language) {
    return KNOWN.contains(language);
  }

  static String words() {
    return String.join(", ", KNOWN);
  }
}
