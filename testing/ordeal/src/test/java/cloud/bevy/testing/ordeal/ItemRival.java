package cloud.bevy.testing.ordeal;

import cloud.bevy.testing.oracles.Deed.Condition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// A rival whose keys are items of a table. A key that begins with `both` is two items, which are
/// written and read in transactions: nobody may ever see the one without the other.
final class ItemRival extends Rival {
  static final String TABLE = "rivals";
  static final String BOTH = "both";

  private static final AttributeValue PARTITION = AttributeValue.fromS("rivals");
  private static final String OTHER = " other";

  private @Nullable DynamoDbClient dynamo;

  ItemRival(RivalField field, long seed) {
    super(field, seed);
  }

  void use(DynamoDbClient client) {
    dynamo = client;
  }

  @Override
  @Nullable Long look(String key) {
    if (!key.startsWith(BOTH)) {
      return number(
          dynamo().getItem(r -> r.tableName(TABLE).key(key(key)).consistentRead(true)).item());
    }
    List<ItemResponse> both =
        dynamo().transactGetItems(r -> r.transactItems(get(key), get(key + OTHER))).responses();
    Long one = number(both.getFirst().item());
    Long other = number(both.getLast().item());
    if (!Objects.equals(one, other)) {
      throw new AssertionError("half of a transaction is there: " + one + " and " + other);
    }
    return one;
  }

  private static TransactGetItem get(String key) {
    return TransactGetItem.builder().get(g -> g.tableName(TABLE).key(key(key))).build();
  }

  @Override
  Map<String, Long> lookAtAll() {
    Map<String, Long> seen = new HashMap<>();
    for (Map<String, AttributeValue> item :
        dynamo()
            .query(r ->
                r.tableName(TABLE)
                    .consistentRead(true)
                    .keyConditionExpression("who = :w")
                    .expressionAttributeValues(Map.of(":w", PARTITION)))
            .items()) {
      String key = item.get("at").s();
      if (!key.endsWith(OTHER)) {
        seen.put(key, Objects.requireNonNull(number(item)));
      }
    }
    return seen;
  }

  @Override
  boolean put(String key, Condition condition, long number) {
    String expression = expression(condition);
    Map<String, AttributeValue> values = values(condition);
    if (key.startsWith(BOTH)) {
      return transacted(
          TransactWriteItem.builder()
              .put(p ->
                  p.tableName(TABLE)
                      .item(item(key, number))
                      .conditionExpression(expression)
                      .expressionAttributeValues(values))
              .build(),
          TransactWriteItem.builder()
              .put(p -> p.tableName(TABLE).item(item(key + OTHER, number)))
              .build());
    }
    return done(() ->
        dynamo()
            .putItem(r ->
                r.tableName(TABLE)
                    .item(item(key, number))
                    .conditionExpression(expression)
                    .expressionAttributeValues(values)));
  }

  @Override
  boolean delete(String key, Condition condition) {
    String expression = expression(condition);
    Map<String, AttributeValue> values = values(condition);
    if (key.startsWith(BOTH)) {
      return transacted(
          TransactWriteItem.builder()
              .delete(d ->
                  d.tableName(TABLE)
                      .key(key(key))
                      .conditionExpression(expression)
                      .expressionAttributeValues(values))
              .build(),
          TransactWriteItem.builder()
              .delete(d -> d.tableName(TABLE).key(key(key + OTHER)))
              .build());
    }
    return done(() ->
        dynamo()
            .deleteItem(r ->
                r.tableName(TABLE)
                    .key(key(key))
                    .conditionExpression(expression)
                    .expressionAttributeValues(values)));
  }

  @Override
  Condition whereStill(long number) {
    return new Condition.Is(number);
  }

  private static @Nullable String expression(Condition condition) {
    return switch (condition) {
      case Condition.Always always -> null;
      case Condition.Absent absent -> "attribute_not_exists(who)";
      case Condition.Is is -> "num = :n";
      case Condition.AtMost atMost -> "attribute_not_exists(who) OR num = :n";
    };
  }

  private static @Nullable Map<String, AttributeValue> values(Condition condition) {
    return switch (condition) {
      case Condition.Is(long value) -> Map.of(":n", n(value));
      case Condition.AtMost(long value) -> Map.of(":n", n(value));
      default -> null;
    };
  }

  private static boolean done(Runnable request) {
    try {
      request.run();
      return true;
    } catch (ConditionalCheckFailedException refused) {
      return false;
    }
  }

  private boolean transacted(TransactWriteItem... actions) {
    try {
      dynamo().transactWriteItems(r -> r.transactItems(actions));
      return true;
    } catch (TransactionCanceledException cancelled) {
      List<String> reasons =
          cancelled.cancellationReasons().stream().map(CancellationReason::code).toList();
      if (!reasons.equals(List.of("ConditionalCheckFailed", "None"))) {
        throw new AssertionError("cancelled for " + reasons, cancelled);
      }
      return false;
    }
  }

  private static Map<String, AttributeValue> key(String key) {
    return Map.of("who", PARTITION, "at", AttributeValue.fromS(key));
  }

  private static Map<String, AttributeValue> item(String key, long number) {
    return Map.of(
        "who",
        PARTITION,
        "at",
        AttributeValue.fromS(key),
        "num",
        n(number),
        "content",
        AttributeValue.fromS(RivalField.content(number)));
  }

  private static @Nullable Long number(Map<String, AttributeValue> item) {
    if (item.isEmpty()) {
      return null;
    }
    long number = RivalField.number(item.get("content").s());
    if (!item.get("num").equals(n(number))) {
      throw new AssertionError("an item half written: " + item);
    }
    return number;
  }

  private static AttributeValue n(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  private DynamoDbClient dynamo() {
    return Objects.requireNonNull(dynamo);
  }
}
