package cloud.bevy.doors.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Checks the parameters of a request against the constraints of their shape and says all that is
/// wrong at once, as AWS's services do: `2 validation errors detected: Value …; Value …`.
final class ShapeCheck {
  private static final int MOST_ERRORS = 10;
  private static final String TABLE_NAME = "TableName";

  private final List<String> errors = new ArrayList<>();

  private ShapeCheck() {}

  /// @throws DynamoRefusal if a constraint does not hold
  static void check(Shape.Structure shape, Parameters parameters) {
    checkTableName(shape, parameters);
    ShapeCheck check = new ShapeCheck();
    check.structure(shape, parameters.members(), Place.TOP);
    check.raise();
  }

  /// A malformed table name is said alone, before all else.
  private static void checkTableName(Shape.Structure shape, Parameters parameters) {
    ShapeCheck check = new ShapeCheck();
    for (Shape.Member member : shape.members()) {
      if (member.name().equals(TABLE_NAME) && parameters.has(TABLE_NAME)) {
        for (Constraint constraint : member.constraints()) {
          if (check.errors.isEmpty()) {
            String name = Parameters.tableName(parameters.needed(TABLE_NAME));
            check.constraint(constraint, name, new Place(Place.TOP, member));
          }
        }
      }
    }
    check.raise();
  }

  private void raise() {
    if (!errors.isEmpty()) {
      throw DynamoRefusal.validation(
          "%d validation error%s detected: %s"
              .formatted(errors.size(), errors.size() > 1 ? "s" : "", String.join("; ", errors)));
    }
  }

  /// Where a value is. Nobody spells that out before something is wrong.
  ///
  /// @param within where the structure or collection is that it is in; null for the request
  /// @param at the member of a structure, the number of an element, or the key of an entry
  private record Place(@Nullable Place within, Object at) {
    static final Place TOP = new Place(null, "");

    @Override
    public String toString() {
      if (within == null) {
        return "";
      }
      String before = within.within == null ? "" : within + ".";
      return before + (at instanceof Shape.Member member ? member.path() : at + ".member");
    }
  }

  private void structure(Shape.Structure shape, Map<?, ?> members, Place place) {
    for (Shape.Member member : shape.members()) {
      Object value = members.get(member.name());
      Place at = new Place(place, member);
      if (!member.name().equals(TABLE_NAME) || value == null) {
        for (Constraint constraint : member.constraints()) {
          constraint(constraint, value, at);
        }
      }
      value(member.shape(), value, at);
    }
  }

  private void value(Shape shape, @Nullable Object value, Place place) {
    if (shape instanceof Shape.Structure structure && value instanceof Map<?, ?> members) {
      structure(structure, members, place);
    } else if (shape instanceof Shape.ListOf(Shape element) && value instanceof List<?> elements) {
      for (int at = 0; at < elements.size(); at++) {
        value(element, elements.get(at), new Place(place, at + 1));
      }
    } else if (shape instanceof Shape.MapOf(String _, Shape element)
        && value instanceof Map<?, ?> entries) {
      entries.forEach((key, entry) -> value(element, entry, new Place(place, key)));
    }
  }

  private void constraint(Constraint constraint, @Nullable Object value, Place place) {
    if (errors.size() < MOST_ERRORS && !constraint.holds(value)) {
      String shown = value == null ? "null" : "'" + show(value) + "'";
      errors.add(
          "Value %s at '%s' failed to satisfy constraint: %s"
              .formatted(shown, place, constraint.sentence()));
    }
  }

  /// A value as the service's own code would print it.
  static String show(Object value) {
    return switch (value) {
      case List<?> elements ->
          elements.stream().map(ShapeCheck::show).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> members when members.containsKey("KeyType") ->
          "KeySchemaElement(attributeName=%s, keyType=%s)"
              .formatted(members.get("AttributeName"), members.get("KeyType"));
      case Map<?, ?> entries ->
          entries.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + show(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case WireAttributes _, WireAttributes.WireValue _ -> "{...}";
      default -> value.toString();
    };
  }
}
