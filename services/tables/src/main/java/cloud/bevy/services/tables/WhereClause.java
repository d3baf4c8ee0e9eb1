package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `WHERE` says, taken apart by a key: which part of it names keys, and what is left.
///
/// @param equal the values that key attributes must have
/// @param key what a query can go by; null if it names no partition
/// @param rest what must hold besides; null if nothing must
public record WhereClause(
    Map<String, AttributeValue> equal, @Nullable Condition key, @Nullable Condition rest) {
  /// Takes a condition apart.
  ///
  /// @param where null for none
  public static WhereClause of(KeySchema schema, @Nullable Condition where) {
    List<Condition> parts = new ArrayList<>();
    if (where != null) {
      split(where, parts);
    }
    Map<String, AttributeValue> equal = new LinkedHashMap<>();
    Condition partition = take(parts, schema.partition(), true, equal);
    KeyAttribute sortKey = schema.sort();
    Condition key = partition;
    if (partition != null && sortKey != null) {
      Condition sort = take(parts, sortKey, false, equal);
      key = sort == null ? partition : new Condition.And(partition, sort);
    }
    return new WhereClause(equal, key, parts.stream().reduce(Condition.And::new).orElse(null));
  }

  private static void split(Condition condition, List<Condition> parts) {
    if (condition instanceof Condition.And(Condition left, Condition right)) {
      split(left, parts);
      split(right, parts);
    } else {
      parts.add(condition);
    }
  }

  private static @Nullable Condition take(
      List<Condition> parts,
      KeyAttribute attribute,
      boolean equalOnly,
      Map<String, AttributeValue> equal) {
    for (Condition part : parts) {
      if (part instanceof Condition.Compare(Comparison comparison, Operand left, Operand right)
          && left instanceof Operand.Path(DocumentPath path)
          && right instanceof Operand.Literal(AttributeValue value)
          && path.equals(DocumentPath.of(attribute.name()))
          && comparison == Comparison.EQUAL) {
        equal.put(attribute.name(), value);
        parts.remove(part);
        return part;
      }
    }
    for (Condition part : equalOnly ? List.<Condition>of() : parts) {
      if (ranges(part, attribute)) {
        parts.remove(part);
        return part;
      }
    }
    return null;
  }

  private static boolean ranges(Condition part, KeyAttribute attribute) {
    return switch (part) {
      case Condition.Compare(Comparison comparison, Operand left, Operand right) ->
          comparison != Comparison.NOT_EQUAL
              && is(left, attribute)
              && right instanceof Operand.Literal;
      case Condition.Between(Operand value, Operand lower, Operand upper) ->
          is(value, attribute)
              && lower instanceof Operand.Literal
              && upper instanceof Operand.Literal;
      case Condition.BeginsWith(Operand value, Operand prefix) ->
          is(value, attribute) && prefix instanceof Operand.Literal;
      default -> false;
    };
  }

  private static boolean is(Operand operand, KeyAttribute attribute) {
    return operand instanceof Operand.Path(DocumentPath path)
        && path.equals(DocumentPath.of(attribute.name()));
  }

  /// The one key that it names.
  ///
  /// @throws InvalidRequest if it names none
  public Key whole(KeySchema schema) {
    if (equal.size() < schema.attributes().size()) {
      throw new InvalidRequest(
          "Where clause does not contain a mandatory equality on all key attributes");
    }
    return schema.keyFrom(equal);
  }

  /// What is left, for an item that must be there.
  public Condition restOfExisting(KeySchema schema) {
    Condition exists = new Condition.AttributeExists(DocumentPath.of(schema.partition().name()));
    return rest == null ? exists : new Condition.And(exists, rest);
  }
}
