package cloud.bevy.services.buckets;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What stands for something else in a policy: `${aws:username}`, `${*}`.
final class PolicyVariables {
  private static final String BEGIN = "${";

  private PolicyVariables() {}

  /// The pattern with values in place of variables. A variable without a value stays as it is, and
  /// so matches nothing that was meant.
  static String expand(String pattern, Map<String, List<String>> context) {
    int begin = pattern.indexOf(BEGIN);
    if (begin < 0 || context.isEmpty()) {
      return pattern;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (begin >= 0) {
      int end = pattern.indexOf('}', begin);
      if (end < 0) {
        break;
      }
      out.append(pattern, from, begin);
      out.append(value(pattern.substring(begin + BEGIN.length(), end), context));
      from = end + 1;
      begin = pattern.indexOf(BEGIN, from);
    }
    return out.append(pattern.substring(from)).toString();
  }

  private static String value(String variable, Map<String, List<String>> context) {
    if (variable.equals("*") || variable.equals("?") || variable.equals("$")) {
      return Wildcard.literally(variable);
    }
    int comma = variable.indexOf(',');
    String name = (comma < 0 ? variable : variable.substring(0, comma)).strip();
    List<String> values = context.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    if (values.size() == 1) {
      return Wildcard.literally(values.getFirst());
    }
    String otherwise = comma < 0 ? "" : variable.substring(comma + 1).strip();
    return otherwise.length() >= 2
        ? Wildcard.literally(otherwise.substring(1, otherwise.length() - 1))
        : Wildcard.literally(BEGIN + variable + "}");
  }
}
