package cloud.bevy.doors.aws;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What web pages of some origins may ask a bucket for.
///
/// @param origins theirs, each with at most one `*`, which stands for anything
/// @param headers those that they may send, each with at most one `*`
/// @param exposed those that they may read
/// @param maxAge for how many seconds a browser may remember a preflight's answer
record CorsRule(
    List<String> methods,
    List<String> origins,
    List<String> headers,
    List<String> exposed,
    Optional<Integer> maxAge) {
  private static final String ANY = "*";

  CorsRule {
    methods = List.copyOf(methods);
    origins = List.copyOf(origins);
    headers = List.copyOf(headers);
    exposed = List.copyOf(exposed);
  }

  /// Whether a page may ask.
  boolean takes(String origin, String method) {
    return methods.contains(method)
        && origins.stream().anyMatch(pattern -> matches(pattern, origin));
  }

  /// Whether it may send all these headers.
  boolean allows(List<String> names) {
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .allMatch(
            name -> headers.stream().anyMatch(h -> matches(h.toLowerCase(Locale.ROOT), name)));
  }

  /// Whether it takes pages of any origin, whoever they are.
  boolean anyone() {
    return origins.contains(ANY);
  }

  private static boolean matches(String pattern, String text) {
    int star = pattern.indexOf(ANY);
    if (star < 0) {
      return pattern.equals(text);
    }
    String after = pattern.substring(star + 1);
    return text.length() >= pattern.length() - 1
        && text.startsWith(pattern.substring(0, star))
        && text.endsWith(after);
  }
}
