package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.definitions;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static cloud.bevy.doors.aws.DynamoTestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/// Global indexes in which a key consists of several attributes, as the AWS SDK for Java sees them.
final class DynamoCompositeTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private final String table = "composite-" + TABLES.incrementAndGet();

  private static GlobalSecondaryIndex index(String... keys) {
    return GlobalSecondaryIndex.builder()
        .indexName("by-several")
        .keySchema(Arrays.stream(keys).map(DynamoCompositeTest::element).toList())
        .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
        .build();
  }

  /// The element that `HASH:g` says.
  private static KeySchemaElement element(String text) {
    String[] parts = text.split(":", 2);
    return KeySchemaElement.builder().keyType(parts[0]).attributeName(parts[1]).build();
  }

  private void create(String name) {
    DynamoTestTables.create(
        client,
        name,
        request ->
            request
                .attributeDefinitions(definitions("p", "s", "g", "h", "n"))
                .globalSecondaryIndexes(index("HASH:g", "HASH:h", "RANGE:n", "RANGE:p")));
  }

  private void put(String name, String p, String h, int number) {
    Map<String, AttributeValue> item =
        Map.of("p", s(p), "s", n(1), "g", s("x"), "h", s(h), "n", n(number), "t", s("text"));
    client.putItem(request -> request.tableName(name).item(item));
  }

  private List<String> query(String name, String more, Map<String, AttributeValue> values) {
    Map<String, AttributeValue> all = new java.util.HashMap<>(values);
    all.put(":g", s("x"));
    all.put(":h", s("y"));
    return client
        .queryPaginator(request ->
            request
                .tableName(name)
                .indexName("by-several")
                .limit(1)
                .keyConditionExpression("g = :g AND h = :h" + more)
                .expressionAttributeValues(all))
        .items()
        .stream()
        .map(item -> item.get("p").s())
        .toList();
  }

  @Test
  void queryReadsAnIndexWhoseKeysAreSeveralAttributes() {
    create(table);
    put(table, "c", "y", 2);
    put(table, "b", "y", 2);
    put(table, "a", "y", 10);
    put(table, "d", "z", 1);
    assertThat(query(table, "", Map.of())).containsExactly("b", "c", "a");
    assertThat(query(table, " AND n = :n", Map.of(":n", n(2)))).containsExactly("b", "c");
    assertThat(query(table, " AND n > :n", Map.of(":n", n(2)))).containsExactly("a");
    assertThat(query(table, " AND n = :n AND begins_with(p, :p)", Map.of(":n", n(2), ":p", s("c"))))
        .containsExactly("c");
    assertThatThrownBy(() -> query(table, " AND p = :p", Map.of(":p", s("c"))))
        .hasMessageContaining("RANGE key attributes n must have equality conditions");
    client.updateItem(request ->
        request.tableName(table).key(DynamoTestTables.key("b", 1)).updateExpression("REMOVE h"));
    assertThat(query(table, "", Map.of())).containsExactly("c", "a");
  }

  @Test
  void describeTableSaysOfWhichAttributesAKeyConsists() {
    create("described-" + table);
    List<KeySchemaElement> keys =
        client
            .describeTable(request -> request.tableName("described-" + table))
            .table()
            .globalSecondaryIndexes()
            .getFirst()
            .keySchema();
    assertThat(keys)
        .containsExactly(
            element("HASH:g"), element("HASH:h"), element("RANGE:n"), element("RANGE:p"));
    assertThat(keys.getLast().keyType()).isEqualTo(KeyType.RANGE);
  }

  @Test
  void updateTableMakesAnIndexOfSeveralAttributes() {
    String later = "later-" + table;
    DynamoTestTables.create(client, later, request -> {});
    put(later, "a", "y", 1);
    GlobalSecondaryIndex made = index("HASH:g", "HASH:h", "RANGE:n");
    client.updateTable(request ->
        request
            .tableName(later)
            .attributeDefinitions(definitions("g", "h", "n"))
            .globalSecondaryIndexUpdates(
                GlobalSecondaryIndexUpdate.builder()
                    .create(create ->
                        create
                            .indexName(made.indexName())
                            .keySchema(made.keySchema())
                            .projection(made.projection()))
                    .build()));
    DynamoTestTables.awaitIndexes(client, later);
    assertThat(query(later, " AND n = :n", Map.of(":n", n(1)))).containsExactly("a");
  }

  @Test
  void createTableRefusesKeysOfSeveralAttributesInDisorder() {
    refused("must precede all RANGE key elements", "HASH:g", "RANGE:n", "HASH:h");
    refused("have the same name", "HASH:g", "HASH:g");
    refused(
        "number of HASH key elements exceeds", "HASH:g", "HASH:h", "HASH:i", "HASH:j", "HASH:k");
  }

  private void refused(String reason, String... keys) {
    assertThatThrownBy(() ->
            DynamoTestTables.create(
                client,
                "refused",
                request ->
                    request
                        .attributeDefinitions(definitions("p", "s", "g", "h", "i", "j", "k", "n"))
                        .globalSecondaryIndexes(index(keys))))
        .hasMessageContaining(reason);
  }
}
