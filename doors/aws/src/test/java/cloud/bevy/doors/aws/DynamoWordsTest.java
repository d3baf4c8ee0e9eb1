package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.indexed;
import static cloud.bevy.doors.aws.DynamoTestTables.key;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static cloud.bevy.doors.aws.DynamoTestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What is said first of requests in which several things are wrong, and in which words.
final class DynamoWordsTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final String SCALARS = "Key attributes must be scalars; list random access '[]'";

  private String table;

  @BeforeEach
  void createTable() {
    table = "words-" + TABLES.incrementAndGet();
    Projection all = Projection.builder().projectionType(ProjectionType.ALL).build();
    DynamoTestTables.createIndexed(client, table, all);
  }

  @Test
  void putItemTakesTheEmptyStringInASet() {
    Map<String, AttributeValue> item =
        Map.of("p", s("a"), "s", n(1), "set", AttributeValue.fromSs(List.of("", "x")));
    client.putItem(it -> it.tableName(table).item(item));
    assertThat(client.getItem(it -> it.tableName(table).key(key("a", 1))).item().get("set").ss())
        .containsExactlyInAnyOrder("", "x");
  }

  @Test
  void putItemLooksAtIndexKeysBeforeItsCondition() {
    assertThatThrownBy(() ->
            client.putItem(it ->
                it.tableName(table)
                    .item(Map.of("p", s("a"), "s", n(1), "g", n(1)))
                    .conditionExpression("attribute_exists(p)")))
        .hasMessageContaining(
            "Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g");
  }

  @Test
  void batchWriteItemLooksAtItsItemsOneAfterAnother() {
    Map<String, AttributeValue> unfit = Map.of("p", s("a"), "s", n(1), "g", n(1));
    Map<String, AttributeValue> keyless = Map.of("p", s("a"));
    assertThatThrownBy(() ->
            client.batchWriteItem(
                it -> it.requestItems(Map.of(table, List.of(write(unfit), write(keyless))))))
        .hasMessageContaining("Type mismatch for Index Key g");
  }

  private static WriteRequest write(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build();
  }

  @Test
  void updateItemRefusesWhatNoIndexKeyCanBecomeWhateverTheItemIs() {
    assertThatThrownBy(() ->
            client.updateItem(it ->
                it.tableName(table)
                    .key(key("a", 1))
                    .updateExpression("DELETE n :set ADD g :one")
                    .conditionExpression("attribute_exists(p)")
                    .expressionAttributeValues(
                        Map.of(":set", AttributeValue.fromNs(List.of("1")), ":one", n(1)))))
        .hasMessageContaining(
            "Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g");
    assertThatThrownBy(() ->
            client.updateItem(
                it -> it.tableName(table).key(key("a", 1)).updateExpression("SET t = g.x")))
        .hasMessageContaining(SCALARS + " and map lookup '.' are not allowed: IndexKey: g");
  }

  @Test
  void updateItemSaysByAttributeThatATypeDoesNotFit() {
    client.putItem(it -> it.tableName(table).item(indexed("a", 1, "x", 1)));
    AttributeValueUpdate add =
        AttributeValueUpdate.builder().action(AttributeAction.ADD).value(n(1)).build();
    assertThatThrownBy(() ->
            client.updateItem(
                it -> it.tableName(table).key(key("a", 1)).attributeUpdates(Map.of("t", add))))
        .hasMessageContaining("Type mismatch for attribute to update");
  }

  @Test
  void getItemRefusesAPathIntoAKey() {
    assertThatThrownBy(() ->
            client.getItem(
                it -> it.tableName(table).key(key("a", 1)).projectionExpression("t, p[0]")))
        .hasMessageContaining(SCALARS + " and map lookup '.' are not allowed: Key: p");
  }

  @Test
  void scanRefusesAFilterThatLooksIntoAKey() {
    assertThatThrownBy(
            () -> client.scan(it -> it.tableName(table).filterExpression("attribute_exists(n.x)")))
        .hasMessageContaining(SCALARS + " and map lookup '.' are not allowed: IndexKey: n");
  }

  private static Condition condition(ComparisonOperator operator, AttributeValue... values) {
    return Condition.builder().comparisonOperator(operator).attributeValueList(values).build();
  }

  @Test
  void queryRefusesARangeThatIsUpsideDown() {
    Map<String, Condition> conditions =
        Map.of(
            "p", condition(ComparisonOperator.EQ, s("a")),
            "s", condition(ComparisonOperator.BETWEEN, n(2), n(1)));
    assertThatThrownBy(() -> client.query(it -> it.tableName(table).keyConditions(conditions)))
        .hasMessageContaining(
            "The BETWEEN condition was provided a range where the lower bound is greater than the"
                + " upper bound");
  }

  @Test
  void querySaysWhyItCannotBeginWhereItIsTold() {
    assertStart(Map.of("p", s("a")), "The provided starting key is invalid");
    assertStart(
        Map.of("p", s("a"), "s", s("x")), "The provided key element does not match the schema");
    assertStart(key("a", 1), "The provided starting key does not match the range key predicate");
    assertStart(key("b", 3), "The query can return at most one row and cannot be restarted");
  }

  private void assertStart(Map<String, AttributeValue> start, String words) {
    assertThatThrownBy(() ->
            client.query(it ->
                it.tableName(table)
                    .keyConditionExpression("p = :p AND s > :s")
                    .expressionAttributeValues(Map.of(":p", s("a"), ":s", n(2)))
                    .exclusiveStartKey(start)))
        .hasMessageStartingWith(words + " (Service");
  }
}
