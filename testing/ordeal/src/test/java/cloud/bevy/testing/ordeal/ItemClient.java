package cloud.bevy.testing.ordeal;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Puts, updates and deletes items of a table.
final class ItemClient extends Client {
  static final String TABLE = "ordeal";

  private static final int KEYS = 20;
  private static final int MAX_PAYLOAD = 2_000;

  private @Nullable DynamoDbClient dynamo;

  ItemClient(String name, long seed) {
    super(name, seed);
  }

  void use(DynamoDbClient client) {
    dynamo = client;
  }

  @Override
  void write() {
    String key = Integer.toString(random().nextInt(KEYS));
    int kind = random().nextInt(10);
    if (kind < 2) {
      delete(key);
    } else if (kind < 5) {
      update(key, next());
    } else {
      put(key, next());
    }
  }

  private void put(String key, long number) {
    ledger().attempt(key, number);
    dynamo().putItem(r -> r.tableName(TABLE).item(item(key, number)));
    ledger().acknowledge(key, number);
  }

  private void update(String key, long number) {
    ledger().attempt(key, number);
    Map<String, AttributeValue> values = Map.of(":n", n(number), ":p", payload(number));
    dynamo()
        .updateItem(r ->
            r.tableName(TABLE)
                .key(key(key))
                .updateExpression("SET num = :n, payload = :p")
                .expressionAttributeValues(values));
    ledger().acknowledge(key, number);
  }

  private void delete(String key) {
    ledger().attempt(key, null);
    dynamo().deleteItem(r -> r.tableName(TABLE).key(key(key)));
    ledger().acknowledge(key, null);
  }

  @Override
  void check() {
    for (String key : ledger().keys()) {
      Map<String, AttributeValue> item =
          dynamo().getItem(r -> r.tableName(TABLE).key(key(key)).consistentRead(true)).item();
      ledger().settle(key, item.isEmpty() ? null : number(item));
    }
    long present = ledger().keys().stream().filter(ledger()::present).count();
    int listed =
        dynamo()
            .query(r ->
                r.tableName(TABLE)
                    .keyConditionExpression("who = :w")
                    .expressionAttributeValues(Map.of(":w", s(name()))))
            .count();
    if (present != listed) {
      throw new AssertionError(name() + ": " + present + " items are there, a query has " + listed);
    }
  }

  private static long number(Map<String, AttributeValue> item) {
    long number = Long.parseLong(item.get("num").n());
    if (!item.get("payload").equals(payload(number))) {
      throw new AssertionError("an item half written: " + item);
    }
    return number;
  }

  private Map<String, AttributeValue> key(String key) {
    return Map.of("who", s(name()), "at", s(key));
  }

  private Map<String, AttributeValue> item(String key, long number) {
    return Map.of("who", s(name()), "at", s(key), "num", n(number), "payload", payload(number));
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue n(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  private static AttributeValue payload(long number) {
    byte[] bytes = Content.of(number);
    int length = Math.min(bytes.length, MAX_PAYLOAD);
    return AttributeValue.fromB(SdkBytes.fromByteArray(Arrays.copyOf(bytes, length)));
  }

  private DynamoDbClient dynamo() {
    return Objects.requireNonNull(dynamo);
  }
}
