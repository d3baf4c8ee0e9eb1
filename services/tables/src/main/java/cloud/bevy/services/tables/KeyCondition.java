package cloud.bevy.services.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which keys a query reads: what is asked of the partition key and of the sort key.
public record KeyCondition(SequencedMap<String, KeyTest> tests) {
  /// Copies the tests.
  public KeyCondition {
    tests = new LinkedHashMap<>(tests);
  }

  /// The key condition that `condition` is.
  ///
  /// @throws InvalidRequest if it is not of the few forms that a key condition can have
  public static KeyCondition of(Condition condition) {
    SequencedMap<String, KeyTest> tests = new LinkedHashMap<>();
    collect(condition, tests);
    if (tests.size() > 2 * KeySchema.MOST_ATTRIBUTES) {
      throw tooMany();
    }
    return new KeyCondition(tests);
  }

  private static InvalidRequest tooMany() {
    return new InvalidRequest("Conditions can be of length 1 or 2 only");
  }

  /// The range of bee keys that fulfil this in a table, or an index, with these keys.
  ///
  /// @throws InvalidRequest if an attribute is not of the key or a value not of its type
  KeyRange in(KeySchema schema, boolean index) {
    if (schema.composite()) {
      return inComposite(schema);
    }
    if (tests.size() > 2) {
      throw tooMany();
    }
    KeyAttribute sort = schema.sort();
    if (sort == null && tests.size() > 1) {
      throw new InvalidRequest("Query key condition not supported");
    }
    KeyTest partitionTest = test(schema.partition());
    if (partitionTest == null) {
      throw missed(schema.partition());
    }
    KeyTest sortTest = sort == null ? null : test(sort);
    if (sort != null && sortTest == null && tests.size() > 1) {
      throw missed(sort);
    }
    if (partitionTest instanceof KeyTest.Compares(Comparison comparison, AttributeValue value)
        && comparison == Comparison.EQUAL) {
      return index ? KeyRange.ofIndex(value, sortTest) : KeyRange.of(value, sortTest);
    }
    throw new InvalidRequest("Query key condition not supported");
  }

  /// All attributes of the partition key have to be equal to something; of those of the sort key as
  /// many as one likes, from the first on, and what is asked of the last may be more than that.
  private KeyRange inComposite(KeySchema schema) {
    List<AttributeValue> partitions = new ArrayList<>();
    for (KeyAttribute attribute : schema.partitions()) {
      AttributeValue value = equal(test(attribute));
      if (value == null) {
        throw new InvalidRequest(
            "HASH key attributes %s must have equality conditions specified in the query"
                .formatted(attribute.name()));
      }
      partitions.add(value);
    }
    for (String name : tests.keySet()) {
      if (!schema.contains(name)) {
        throw new InvalidRequest("Query key condition not supported");
      }
    }
    List<AttributeValue> equal = new ArrayList<>();
    List<KeyAttribute> asked =
        schema.sorts().stream().filter(sort -> tests.containsKey(sort.name())).toList();
    for (KeyAttribute sort : schema.sorts().subList(0, Math.max(0, asked.size() - 1))) {
      AttributeValue value = equal(test(sort));
      if (value == null) {
        throw unequal(sort, asked.getLast());
      }
      equal.add(value);
    }
    KeyTest last = asked.isEmpty() ? null : test(schema.sorts().get(asked.size() - 1));
    if (!asked.isEmpty() && last == null) {
      throw unequal(schema.sorts().get(asked.size() - 1), asked.getLast());
    }
    return KeyRange.ofIndex(partitions, equal, last);
  }

  private static InvalidRequest unequal(KeyAttribute attribute, KeyAttribute later) {
    return new InvalidRequest(
        "RANGE key attributes %s must have equality conditions specified in the query because a"
            .concat(" condition is present on key attribute %s")
            .formatted(attribute.name(), later.name()));
  }

  private static @Nullable AttributeValue equal(@Nullable KeyTest test) {
    return test instanceof KeyTest.Compares(Comparison comparison, AttributeValue value)
            && comparison == Comparison.EQUAL
        ? value
        : null;
  }

  private @Nullable KeyTest test(KeyAttribute attribute) {
    KeyTest test = tests.get(attribute.name());
    if (test == null) {
      return null;
    }
    for (AttributeValue value : test.values()) {
      if (!attribute.type().accepts(value)) {
        throw InvalidRequest.parameter("Condition parameter type does not match schema type");
      }
      KeySchema.checkNotEmpty(attribute, value);
    }
    return test;
  }

  private static InvalidRequest missed(KeyAttribute attribute) {
    return new InvalidRequest("Query condition missed key schema element: " + attribute.name());
  }

  private static void collect(Condition condition, Map<String, KeyTest> tests) {
    switch (condition) {
      case Condition.And(Condition left, Condition right) -> {
        collect(left, tests);
        collect(right, tests);
      }
      case Condition.Compare compare -> add(tests, compare);
      case Condition.Between between -> add(tests, between);
      case Condition.BeginsWith begins -> add(tests, begins);
      case Condition.Or _ -> throw operator("OR");
      case Condition.Not _ -> throw operator("NOT");
      case Condition.In _ -> throw operator("IN");
      case Condition.AttributeExists _ -> throw operator("attribute_exists");
      case Condition.AttributeNotExists _ -> throw operator("attribute_not_exists");
      case Condition.AttributeType _ -> throw operator("attribute_type");
      case Condition.Contains _ -> throw operator("contains");
    }
  }

  private static void add(Map<String, KeyTest> tests, Condition.Compare compare) {
    if (compare.comparison() == Comparison.NOT_EQUAL) {
      throw operator("<>");
    }
    String name = name(List.of(compare.left(), compare.right()));
    if (compare.left() instanceof Operand.Path) {
      put(tests, name, new KeyTest.Compares(compare.comparison(), literal(compare.right())));
    } else {
      Comparison mirrored = compare.comparison().mirrored();
      put(tests, name, new KeyTest.Compares(mirrored, literal(compare.left())));
    }
  }

  private static void add(Map<String, KeyTest> tests, Condition.Between between) {
    checkFirst("BETWEEN", between.value());
    String name = name(List.of(between.value(), between.lower(), between.upper()));
    put(tests, name, new KeyTest.Between(literal(between.lower()), literal(between.upper())));
  }

  private static void add(Map<String, KeyTest> tests, Condition.BeginsWith begins) {
    checkFirst("begins_with", begins.value());
    String name = name(List.of(begins.value(), begins.prefix()));
    put(tests, name, new KeyTest.BeginsWith(literal(begins.prefix())));
  }

  private static void put(Map<String, KeyTest> tests, String name, KeyTest test) {
    if (tests.put(name, test) != null) {
      throw new InvalidRequest("KeyConditionExpressions must only contain one condition per key");
    }
  }

  private static void checkFirst(String operator, Operand operand) {
    if (!(operand instanceof Operand.Path)) {
      throw invalid(operator + " operator must have the key attribute as its first operand");
    }
  }

  private static String name(List<Operand> operands) {
    if (operands.stream().anyMatch(Operand.Size.class::isInstance)) {
      throw new InvalidRequest("KeyConditionExpressions cannot contain nested operations");
    }
    List<DocumentPath> paths = operands.stream().flatMap(KeyCondition::path).toList();
    if (paths.isEmpty()) {
      throw invalid("No key attribute specified");
    }
    if (paths.size() > 1) {
      throw invalid("Multiple attribute names used in one condition");
    }
    if (paths.getFirst().nested()) {
      throw new InvalidRequest(
          "KeyConditionExpressions cannot have conditions on nested attributes");
    }
    return paths.getFirst().attribute();
  }

  private static Stream<DocumentPath> path(Operand operand) {
    return operand instanceof Operand.Path(DocumentPath path) ? Stream.of(path) : Stream.empty();
  }

  private static AttributeValue literal(Operand operand) {
    if (operand instanceof Operand.Literal(AttributeValue value)) {
      return value;
    }
    throw new IllegalStateException("one operand is a path, so the others are values");
  }

  private static InvalidRequest operator(String operator) {
    return new InvalidRequest("Invalid operator used in KeyConditionExpression: " + operator);
  }

  private static InvalidRequest invalid(String reason) {
    return new InvalidRequest("Invalid condition in KeyConditionExpression: " + reason);
  }
}
