package cloud.bevy.testing.oracles;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the parts of an `UpdateExpression` read and change. Placeholders of names are taken for the
/// names: [RandomExpressions] calls them so.
final class UpdateParts {
  private static final Pattern CLAUSE = Pattern.compile("\\s*\\b(?=(?:SET|REMOVE|ADD|DELETE) )");
  private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

  /// An attribute, and not a name within one, a function or a value.
  private static final Pattern ATTRIBUTE = Pattern.compile("(?<![.:\\w])[a-zA-Z]\\w*(?![\\w(])");

  private record Part(Set<String> read, Set<String> changed) {}

  private UpdateParts() {}

  /// Whether a part of the update reads what another one changes. What it reads is then what was
  /// there before the update.
  static boolean readsWhatItChanges(RandomRequest request) {
    List<Part> parts = parts(request.text("UpdateExpression").replace("#", ""));
    for (Part reading : parts) {
      for (Part changing : parts) {
        Set<String> both = new HashSet<>(reading.read());
        both.retainAll(changing.changed());
        if (changing != reading && !both.isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Part> parts(String update) {
    List<Part> parts = new ArrayList<>();
    for (String clause : CLAUSE.split(update)) {
      int word = clause.indexOf(' ');
      for (String part : COMMA.split(clause.substring(word + 1))) {
        int sign = part.indexOf('=');
        parts.add(
            new Part(
                sign < 0 ? Set.of() : attributes(part.substring(sign)),
                attributes(sign < 0 ? part : part.substring(0, sign))));
      }
    }
    return parts;
  }

  private static Set<String> attributes(String text) {
    return ATTRIBUTE.matcher(text).results().map(each -> each.group()).collect(Collectors.toSet());
  }
}
