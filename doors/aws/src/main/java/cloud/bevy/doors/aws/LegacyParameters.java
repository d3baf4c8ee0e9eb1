package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.AttributeValue;
import cloud.bevy.services.tables.Comparison;
import cloud.bevy.services.tables.Condition;
import cloud.bevy.services.tables.DocumentPath;
import cloud.bevy.services.tables.InvalidRequest;
import cloud.bevy.services.tables.Item;
import cloud.bevy.services.tables.Operand;
import cloud.bevy.services.tables.Projection;
import cloud.bevy.services.tables.SetValue;
import cloud.bevy.services.tables.Update;
import cloud.bevy.services.tables.UpdateAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the parameters from before expressions say (Developer Guide, "Legacy DynamoDB conditional
/// parameters"), as what expressions say.
final class LegacyParameters {
  private static final String ALL = "ConditionalOperator";

  private LegacyParameters() {}

  /// What must hold, from `Expected` or a filter; null if nothing must.
  ///
  /// @throws DynamoRefusal if the parameter contradicts itself
  static @Nullable Condition condition(Parameters parameters, String name) {
    Map<String, Parameters> tests = parameters.structuresByName(name);
    String operator = parameters.text(ALL);
    if (operator != null && !name.equals("KeyConditions")) {
      checkOperator(tests);
    }
    Condition all = null;
    for (Map.Entry<String, Parameters> test : tests.entrySet()) {
      Condition one = test(name, test.getKey(), test.getValue());
      if (all == null) {
        all = one;
      } else {
        boolean any = "OR".equals(operator) && !name.equals("KeyConditions");
        all = any ? new Condition.Or(all, one) : new Condition.And(all, one);
      }
    }
    return all;
  }

  private static void checkOperator(Map<String, Parameters> tests) {
    if (tests.isEmpty()) {
      throw DynamoRefusal.validation(ALL + " cannot be used without Filter or Expected");
    }
    if (tests.size() == 1) {
      throw DynamoRefusal.validation(
          ALL + " can only be used when Filter or Expected has two or more elements");
    }
  }

  private static Condition test(String parameter, String attribute, Parameters test) {
    String operator = test.text("ComparisonOperator");
    if (parameter.equals("Expected")) {
      checkExpected(attribute, test, operator);
    }
    DocumentPath path = DocumentPath.of(attribute);
    if (operator == null) {
      return test.flag("Exists", true)
          ? new Condition.Compare(
              Comparison.EQUAL,
              new Operand.Path(path),
              new Operand.Literal(test.neededValue("Value")))
          : new Condition.AttributeNotExists(path);
    }
    List<AttributeValue> values =
        test.has("Value") ? List.of(test.neededValue("Value")) : test.values("AttributeValueList");
    checkCount(operator, values.size());
    checkTypes(operator, values);
    return condition(operator, path, values);
  }

  private static void checkExpected(String attribute, Parameters test, @Nullable String operator) {
    boolean value = test.has("Value");
    boolean values = test.has("AttributeValueList");
    if (test.has("Exists") && operator != null) {
      throw refused(
          "Exists and ComparisonOperator cannot be used together for Attribute: ", attribute);
    }
    if (value && values) {
      throw refused(
          "Value and AttributeValueList cannot be used together for Attribute: ", attribute);
    }
    if (operator != null) {
      boolean needless = operator.equals("NULL") || operator.equals("NOT_NULL");
      if (!value && !values && !needless) {
        throw refused(
            "Value or AttributeValueList must be used with ComparisonOperator: %s for Attribute: "
                .formatted(operator),
            attribute);
      }
      return;
    }
    if (values) {
      throw refused(
          "AttributeValueList can only be used with a ComparisonOperator for Attribute: ",
          attribute);
    }
    boolean exists = test.flag("Exists", true);
    if (exists && !value) {
      throw refused(
          test.has("Exists")
              ? "Value must be provided when Exists is true for Attribute: "
              : "Value must be provided when Exists is null for Attribute: ",
          attribute);
    }
    if (!exists && value) {
      throw refused("Value cannot be used when Exists is false for Attribute: ", attribute);
    }
  }

  private static void checkCount(String operator, int count) {
    boolean right =
        switch (operator) {
          case "NULL", "NOT_NULL" -> count == 0;
          case "BETWEEN" -> count == 2;
          case "IN" -> count > 0;
          default -> count == 1;
        };
    if (!right) {
      throw InvalidRequest.parameter(
          "Invalid number of argument(s) for the " + operator + " ComparisonOperator");
    }
  }

  private static void checkTypes(String operator, List<AttributeValue> values) {
    if (values.stream().map(AttributeValue::type).distinct().count() > 1) {
      throw InvalidRequest.parameter(
          "AttributeValues inside AttributeValueList must be of same type");
    }
    for (AttributeValue value : values) {
      boolean right =
          switch (operator) {
            case "LT", "LE", "GT", "GE", "BETWEEN", "IN", "CONTAINS", "NOT_CONTAINS" ->
                value.scalar();
            case "BEGINS_WITH" -> value.scalar() && !(value instanceof AttributeValue.N);
            default -> true;
          };
      if (!right) {
        throw InvalidRequest.parameter(
            "ComparisonOperator %s is not valid for %s AttributeValue type"
                .formatted(operator, value.type()));
      }
    }
    if (operator.equals("BETWEEN")
        && Comparison.GREATER.holds(values.getFirst(), values.getLast())) {
      throw new InvalidRequest(
          "The BETWEEN condition was provided a range where the lower bound is greater than the"
              + " upper bound");
    }
  }

  private static Condition condition(
      String operator, DocumentPath path, List<AttributeValue> values) {
    Operand found = new Operand.Path(path);
    List<Operand> literals = values.stream().<Operand>map(Operand.Literal::new).toList();
    return switch (operator) {
      case "NULL" -> new Condition.AttributeNotExists(path);
      case "NOT_NULL" -> new Condition.AttributeExists(path);
      case "BETWEEN" -> new Condition.Between(found, literals.getFirst(), literals.getLast());
      case "IN" -> new Condition.In(found, literals);
      case "CONTAINS" -> new Condition.Contains(found, literals.getFirst());
      case "NOT_CONTAINS" ->
          new Condition.And(
              new Condition.AttributeExists(path),
              new Condition.Not(new Condition.Contains(found, literals.getFirst())));
      case "BEGINS_WITH" -> new Condition.BeginsWith(found, literals.getFirst());
      default -> new Condition.Compare(comparison(operator), found, literals.getFirst());
    };
  }

  private static Comparison comparison(String operator) {
    return switch (operator) {
      case "EQ" -> Comparison.EQUAL;
      case "NE" -> Comparison.NOT_EQUAL;
      case "LT" -> Comparison.LESS;
      case "LE" -> Comparison.LESS_OR_EQUAL;
      case "GT" -> Comparison.GREATER;
      case "GE" -> Comparison.GREATER_OR_EQUAL;
      default -> throw new IllegalStateException("the shape lets no operator " + operator + " be");
    };
  }

  /// What `KeyConditions` asks for; null if it is not there.
  ///
  /// @throws InvalidRequest if it uses an operator that a key has not
  static @Nullable Condition keyConditions(Parameters parameters) {
    Condition condition = condition(parameters, "KeyConditions");
    for (Parameters test : parameters.structuresByName("KeyConditions").values()) {
      switch (test.needed("ComparisonOperator")) {
        case "EQ", "LE", "LT", "GE", "GT", "BEGINS_WITH", "BETWEEN" -> {}
        default ->
            throw new InvalidRequest(
                "Attempted conditional constraint is not an indexable operation");
      }
    }
    return condition;
  }

  /// What `AttributesToGet` wants; null if it is not there.
  static @Nullable Projection projection(Parameters parameters) {
    List<String> names = parameters.list("AttributesToGet");
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw InvalidRequest.parameter("Duplicate value in attribute name: " + name);
      }
    }
    return names.isEmpty()
        ? null
        : Projection.of(names.stream().map(LegacyParameters::path).toList());
  }

  /// What `AttributeUpdates` does.
  static Update update(Parameters parameters) {
    List<UpdateAction> actions = new ArrayList<>();
    parameters
        .structuresByName("AttributeUpdates")
        .forEach((name, update) -> actions.add(action(path(name), update)));
    return Update.byAttribute(actions);
  }

  private static DocumentPath path(String name) {
    if (name.isEmpty()) {
      throw InvalidRequest.parameter("Empty attribute name");
    }
    Item.checkName(name);
    return DocumentPath.of(name);
  }

  private static UpdateAction action(DocumentPath path, Parameters update) {
    String action = update.text("Action", "PUT");
    if (!update.has("Value")) {
      if (action.equals("DELETE")) {
        return new UpdateAction.Remove(path);
      }
      throw InvalidRequest.parameter(
          "Only DELETE action is allowed when no attribute value is specified");
    }
    AttributeValue value = update.neededValue("Value");
    boolean addable =
        value.set() || value instanceof AttributeValue.N || value instanceof AttributeValue.L;
    if (action.equals("ADD") && !addable) {
      throw InvalidRequest.parameter("ADD action is not supported for the type " + value.type());
    }
    if (action.equals("DELETE") && !value.set()) {
      throw InvalidRequest.parameter(
          "DELETE action with value is not supported for the type " + value.type());
    }
    return switch (action) {
      case "ADD" -> new UpdateAction.Add(path, value);
      case "DELETE" -> new UpdateAction.Delete(path, value);
      default -> new UpdateAction.Set(path, new SetValue.Literal(value));
    };
  }

  private static InvalidRequest refused(String reason, String attribute) {
    return InvalidRequest.parameter(reason + attribute);
  }
}
