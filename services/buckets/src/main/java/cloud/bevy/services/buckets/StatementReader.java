package cloud.bevy.services.buckets;

import cloud.bevy.services.buckets.PolicyReader.Malformed;
import cloud.bevy.services.buckets.PolicyStatement.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a statement of a bucket policy.
final class StatementReader {
  private static final Set<String> FIELDS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Set<String> PRINCIPALS =
      Set.of("AWS", "CanonicalUser", "Service", "Federated");
  private static final String RESOURCE = "arn:aws:s3:::";
  private static final String EVERYTHING = "*";

  private final Map<?, ?> fields;
  private final String bucket;

  /// @param bucket what its resources must be in; empty where that was checked before
  StatementReader(Map<?, ?> fields, String bucket) {
    this.fields = fields;
    this.bucket = bucket;
  }

  PolicyStatement read() throws Malformed {
    for (Object name : fields.keySet()) {
      if (!FIELDS.contains(name)) {
        throw new Malformed("Unknown field " + name);
      }
    }
    if (fields.containsKey("Sid") && !(fields.get("Sid") instanceof String)) {
      throw new Malformed("Policy has an invalid Sid");
    }
    PolicyStatement statement =
        new PolicyStatement(allows(), principals(), actions(), resources(), conditions());
    check(statement);
    return statement;
  }

  private boolean allows() throws Malformed {
    Object effect = fields.get("Effect");
    if (effect == null) {
      throw new Malformed("Missing required field Effect");
    }
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw new Malformed("Invalid effect: " + effect);
    }
    return effect.equals("Allow");
  }

  private Names<PolicyPrincipal> principals() throws Malformed {
    boolean not = not("Principal");
    Object value = fields.get(not ? "NotPrincipal" : "Principal");
    List<PolicyPrincipal> principals = new ArrayList<>();
    if (EVERYTHING.equals(value)) {
      principals.add(new PolicyPrincipal(EVERYTHING));
    } else if (value instanceof Map<?, ?> kinds) {
      for (Map.Entry<?, ?> kind : kinds.entrySet()) {
        principals.addAll(principals(String.valueOf(kind.getKey()), kind.getValue()));
      }
    }
    if (principals.isEmpty()) {
      throw new Malformed("Invalid principal in policy");
    }
    return new Names<>(not, principals);
  }

  /// The only service here is that which delivers access logs. Others, and federations, are nobody:
  /// they may be named, and nobody is meant.
  private static List<PolicyPrincipal> principals(String kind, Object value) throws Malformed {
    List<PolicyPrincipal> principals = new ArrayList<>();
    for (String text : texts(value, "Invalid principal in policy")) {
      boolean account = kind.equals("AWS") || kind.equals("CanonicalUser");
      if (!PRINCIPALS.contains(kind) || (account && !PolicyPrincipal.valid(text))) {
        throw new Malformed("Invalid principal in policy");
      }
      boolean here = account || text.equals(EVERYTHING) || LogDelivery.isNamed(kind, text);
      principals.add(new PolicyPrincipal(here ? text : ""));
    }
    return principals;
  }

  private Names<String> actions() throws Malformed {
    boolean not = not("Action");
    List<String> actions = new ArrayList<>();
    for (String text : texts(fields.get(not ? "NotAction" : "Action"), invalidAction())) {
      String action = text.toLowerCase(Locale.ROOT);
      if (!action.equals(EVERYTHING)
          && !(action.startsWith("s3:") && PolicyActions.known(action))) {
        throw new Malformed(invalidAction());
      }
      actions.add(action);
    }
    return new Names<>(not, actions);
  }

  private static String invalidAction() {
    return "Policy has invalid action";
  }

  private Names<String> resources() throws Malformed {
    boolean not = not("Resource");
    String invalid = "Policy has invalid resource";
    List<String> resources = new ArrayList<>();
    for (String text : texts(fields.get(not ? "NotResource" : "Resource"), invalid)) {
      if (!text.equals(EVERYTHING) && !isOfBucket(text)) {
        throw new Malformed(invalid);
      }
      resources.add(text);
    }
    return new Names<>(not, resources);
  }

  private boolean isOfBucket(String resource) {
    if (!resource.startsWith(RESOURCE)) {
      return false;
    }
    String rest = resource.substring(RESOURCE.length());
    int slash = rest.indexOf('/');
    String name = slash < 0 ? rest : rest.substring(0, slash);
    return bucket.isEmpty() || Wildcard.matches(name, bucket);
  }

  private List<PolicyCondition> conditions() throws Malformed {
    Object value = fields.get("Condition");
    List<PolicyCondition> conditions = new ArrayList<>();
    if (value == null) {
      return conditions;
    }
    if (!(value instanceof Map<?, ?> operators)) {
      throw new Malformed("Invalid Condition");
    }
    for (Map.Entry<?, ?> operator : operators.entrySet()) {
      String name = String.valueOf(operator.getKey());
      ConditionOperator known =
          ConditionOperator.of(name)
              .orElseThrow(() -> new Malformed("Invalid Condition type : " + name));
      if (!(operator.getValue() instanceof Map<?, ?> keys) || keys.isEmpty()) {
        throw new Malformed("Invalid Condition");
      }
      for (Map.Entry<?, ?> key : keys.entrySet()) {
        conditions.add(condition(known, String.valueOf(key.getKey()), key.getValue()));
      }
    }
    return conditions;
  }

  private static PolicyCondition condition(ConditionOperator operator, String key, Object value)
      throws Malformed {
    String lower = key.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("aws:") && !lower.startsWith("s3:")) {
      throw new Malformed("Policy has an invalid condition key");
    }
    List<String> values = new ArrayList<>();
    for (Object each : PolicyReader.list(value)) {
      if (!(each instanceof String || each instanceof Long || each instanceof Boolean)) {
        throw new Malformed("Invalid Condition");
      }
      values.add(each.toString());
    }
    boolean address =
        operator.comparison() == ConditionOperator.Comparison.IPADDRESS
            || operator.comparison() == ConditionOperator.Comparison.NOTIPADDRESS;
    if (address && !values.stream().allMatch(text -> AddressRange.read(text).isPresent())) {
      throw new Malformed("Invalid IP address in Conditions");
    }
    return new PolicyCondition(operator, lower, values);
  }

  /// Whether something is said of all but those that are named.
  private boolean not(String name) throws Malformed {
    boolean plain = fields.containsKey(name);
    boolean not = fields.containsKey("Not" + name);
    if (plain == not) {
      throw new Malformed(
          plain ? name + " and Not" + name + " together" : "Missing required field " + name);
    }
    return not;
  }

  private static List<String> texts(@Nullable Object value, String invalid) throws Malformed {
    List<String> texts = new ArrayList<>();
    for (Object each : PolicyReader.list(value)) {
      if (!(each instanceof String text) || text.isEmpty()) {
        throw new Malformed(invalid);
      }
      texts.add(text);
    }
    if (texts.isEmpty()) {
      throw new Malformed(invalid);
    }
    return texts;
  }

  /// Nobody may be let in by being left out, and each action must be one that something in the
  /// statement can have done to it.
  private static void check(PolicyStatement statement) throws Malformed {
    if (statement.allows() && statement.principals().not()) {
      throw new Malformed("Allow with NotPrincipal is not allowed.");
    }
    if (statement.actions().not() || statement.resources().not()) {
      return;
    }
    boolean buckets = false;
    boolean objects = false;
    for (String resource : statement.resources().named()) {
      boolean object = resource.indexOf('/') >= 0;
      int star = resource.indexOf('*');
      buckets |= !object || (star >= 0 && star < resource.indexOf('/'));
      objects |= object || star >= 0;
    }
    for (String action : statement.actions().named()) {
      boolean fits =
          action.equals(EVERYTHING)
              || (buckets && PolicyActions.ofBuckets(action))
              || (objects && PolicyActions.ofObjects(action));
      if (!fits) {
        throw new Malformed("Action does not apply to any resource(s) in statement");
      }
    }
  }
}
