package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `WHERE` says, taken apart by a key: which part of it names keys, and what is left.
public final class WhereClause {
  private static final int ITEMS_OF_LIST = 10;

  private final Map<String, AttributeValue> equal;
  private final List<PartitionLookups.Lookup> lookups;
  private final @Nullable Condition rest;

  private WhereClause(
      Map<String, AttributeValue> equal,
      List<PartitionLookups.Lookup> lookups,
      @Nullable Condition rest) {
    this.equal = equal;
    this.lookups = lookups;
    this.rest = rest;
  }

  /// Takes a condition apart.
  ///
  /// @param where null for none
  /// @throws InvalidRequest if it names more partitions than `IN` may
  public static WhereClause of(KeySchema schema, @Nullable Condition where) {
    if (where == null) {
      return new WhereClause(Map.of(), List.of(), null);
    }
    List<Condition> parts = parts(where);
    Map<String, AttributeValue> equal = new LinkedHashMap<>();
    List<Condition> partitions = new ArrayList<>();
    for (KeyAttribute attribute : schema.partitions()) {
      Condition part = takeEqual(parts, attribute, equal);
      if (part != null) {
        partitions.add(part);
      }
    }
    if (partitions.size() == schema.partitions().size()) {
      Condition sort = all(takeSorts(parts, schema, equal));
      Condition key = partitions.stream().reduce(Condition.And::new).orElseThrow();
      return new WhereClause(equal, List.of(new PartitionLookups.Lookup(key, sort)), all(parts));
    }
    List<PartitionLookups.Lookup> several =
        schema.composite()
            ? null
            : new PartitionLookups(schema.partition(), schema.sort()).of(where);
    return new WhereClause(equal, several == null ? List.of() : several, where);
  }

  private static @Nullable Condition all(List<Condition> parts) {
    return parts.stream().reduce(Condition.And::new).orElse(null);
  }

  /// What has to hold together, nothing of it twice.
  static List<Condition> parts(Condition condition) {
    List<Condition> parts = new ArrayList<>();
    split(condition, parts);
    return parts;
  }

  private static void split(Condition condition, List<Condition> parts) {
    if (condition instanceof Condition.And(Condition left, Condition right)) {
      split(left, parts);
      split(right, parts);
    } else if (!parts.contains(condition)) {
      parts.add(condition);
    }
  }

  private static @Nullable Condition takeEqual(
      List<Condition> parts, KeyAttribute attribute, Map<String, AttributeValue> equal) {
    for (Condition part : parts) {
      AttributeValue value = equality(part, attribute);
      if (value != null) {
        equal.put(attribute.name(), value);
        parts.remove(part);
        return part;
      }
    }
    return null;
  }

  /// As many attributes of a sort key as are equal to something, from the first on, and behind them
  /// one of which something else is asked.
  private static List<Condition> takeSorts(
      List<Condition> parts, KeySchema schema, Map<String, AttributeValue> equal) {
    List<Condition> taken = new ArrayList<>();
    for (KeyAttribute attribute : schema.sorts()) {
      Condition part = takeEqual(parts, attribute, equal);
      if (part == null) {
        parts.stream().filter(each -> ranges(each, attribute)).findFirst().ifPresent(taken::add);
        parts.removeAll(taken);
        return taken;
      }
      taken.add(part);
    }
    return taken;
  }

  /// What a condition makes an attribute equal to; null if it does nothing like that.
  static @Nullable AttributeValue equality(Condition part, KeyAttribute attribute) {
    return part instanceof Condition.Compare(Comparison comparison, Operand left, Operand right)
            && comparison == Comparison.EQUAL
            && is(left, attribute)
            && right instanceof Operand.Literal(AttributeValue value)
        ? value
        : null;
  }

  /// Whether a condition is what a query can ask of a sort key.
  static boolean ranges(Condition part, KeyAttribute attribute) {
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

  /// Whether an operand is an attribute.
  static boolean is(Operand operand, KeyAttribute attribute) {
    return operand instanceof Operand.Path(DocumentPath path)
        && path.equals(DocumentPath.of(attribute.name()));
  }

  /// How many partitions it confines to; 0 if it does not.
  public int partitions() {
    return lookups.size();
  }

  /// The most items of a page: ten if a list of partitions is asked for, as DynamoDB's
  /// documentation says of `IN`.
  ///
  /// @param schema by which it was taken apart
  public int mostItems(KeySchema schema) {
    boolean listed =
        rest != null
            && parts(rest).stream()
                .anyMatch(part ->
                    part instanceof Condition.In(Operand value, List<Operand> _)
                        && is(value, schema.partition()));
    return listed && lookups.size() > 1 ? ITEMS_OF_LIST : Integer.MAX_VALUE;
  }

  /// What queries of the partitions go by, one after another.
  public List<KeyCondition> keys() {
    return lookups.stream().map(PartitionLookups.Lookup::condition).toList();
  }

  /// The same in the order of the partition keys.
  public List<KeyCondition> keysInOrder(boolean ascending) {
    return PartitionLookups.sorted(lookups, ascending).stream()
        .map(PartitionLookups.Lookup::condition)
        .toList();
  }

  /// What must hold besides what the queries go by; null if nothing must.
  public @Nullable Condition rest() {
    return rest;
  }

  /// Whether it names one key.
  public boolean single(KeySchema schema) {
    return equal.size() == schema.attributes().size();
  }

  /// The one key that it names.
  ///
  /// @throws InvalidRequest if it names none
  public Key whole(KeySchema schema) {
    if (!single(schema)) {
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
