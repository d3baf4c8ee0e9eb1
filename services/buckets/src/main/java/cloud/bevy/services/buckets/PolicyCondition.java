package cloud.bevy.services.buckets;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A condition of a [PolicyStatement]: what something about the request must be.
///
/// @param operator how it is compared
/// @param key what is compared, in lower case: `aws:sourceip`
/// @param values what it is compared with
public record PolicyCondition(ConditionOperator operator, String key, List<String> values) {
  /// Keys that tell known people from others.
  private static final Set<String> WHO =
      Set.of(
          "aws:sourcearn",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:sourceowner",
          "aws:sourceaccount",
          "aws:principalarn",
          "aws:principalaccount",
          "aws:principalorgid",
          "aws:userid",
          "aws:username",
          "s3:dataaccesspointaccount",
          "s3:dataaccesspointarn",
          "s3:x-amz-server-side-encryption-aws-kms-key-id");

  private static final String ADDRESS = "aws:sourceip";

  /// Copies the list.
  public PolicyCondition {
    values = List.copyOf(values);
  }

  /// Whether it holds.
  ///
  /// @param context what is known of the request
  /// @param variables whether `${…}` in the values stands for something else
  boolean holds(Map<String, List<String>> context, boolean variables) {
    List<String> wanted =
        variables
            ? values.stream().map(value -> PolicyVariables.expand(value, context)).toList()
            : values;
    return operator.holds(context.get(key), wanted);
  }

  /// Whether it lets only people in who are known, or who are in a network that is not half of the
  /// internet.
  boolean saysWho() {
    if (!operator.selects()) {
      return false;
    }
    if (key.equals(ADDRESS)) {
      return values.stream().noneMatch(AddressRange::isBroad);
    }
    return WHO.contains(key) && values.stream().noneMatch(Wildcard::isOne);
  }
}
