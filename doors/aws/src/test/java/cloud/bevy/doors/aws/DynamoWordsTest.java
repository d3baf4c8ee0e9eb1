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
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
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
  void updateItemMakesNoItemOfWhatOnlyTakesAway() {
    for (String update : List.of("REMOVE t", "REMOVE t.u, l[0]", "DELETE t :set")) {
      Map<String, AttributeValue> values =
          update.contains(":set") ? Map.of(":set", AttributeValue.fromSs(List.of("x"))) : null;
      assertThat(
              client
                  .updateItem(it ->
                      it.tableName(table)
                          .key(key("none", 1))
                          .updateExpression(update)
                          .expressionAttributeValues(values)
                          .returnValues("ALL_NEW"))
                  .hasAttributes())
          .as(update)
          .isFalse();
    }
    assertThat(client.getItem(it -> it.tableName(table).key(key("none", 1))).hasItem()).isFalse();
    client.updateItem(it -> it.tableName(table).key(key("some", 1)));
    assertThat(client.getItem(it -> it.tableName(table).key(key("some", 1))).hasItem()).isTrue();
    assertThatThrownBy(() ->
            client.updateItem(
                it -> it.tableName(table).key(key("some", 1)).updateExpression("REMOVE t.u")))
        .hasMessageContaining("document path provided in the update expression is invalid");
  }

  @Test
  void queryTakesAFilterWithConditionsFromBeforeThereWereExpressions() {
    client.putItem(it -> it.tableName(table).item(indexed("old", 1, "x", 1)));
    Condition equal =
        Condition.builder()
            .comparisonOperator(ComparisonOperator.EQ)
            .attributeValueList(s("old"))
            .build();
    assertThat(
            client
                .query(it ->
                    it.tableName(table)
                        .keyConditions(Map.of("p", equal))
                        .filterExpression("attribute_exists(t)")
                        .projectionExpression("t"))
                .items())
        .containsExactly(Map.of("t", s("text")));
  }

  @Test
  void putItemRefusesNamesOfAttributesThatAreNone() {
    String most = "a".repeat(65_535);
    client.putItem(it -> it.tableName(table).item(named(most)));
    assertThat(
            client
                .getItem(it ->
                    it.tableName(table)
                        .key(key("named", 1))
                        .projectionExpression("#n")
                        .expressionAttributeNames(Map.of("#n", most)))
                .item())
        .containsOnlyKeys(most);
    assertThatThrownBy(() -> client.putItem(it -> it.tableName(table).item(named(most + "a"))))
        .hasMessageContaining("Attribute name is too large, must be less than 65536 bytes");
    assertThatThrownBy(() -> client.putItem(it -> it.tableName(table).item(named(""))))
        .hasMessageContaining("Empty attribute name");
  }

  private static Map<String, AttributeValue> named(String name) {
    return Map.of("p", s("named"), "s", n(1), name, s("x"));
  }

  @Test
  void getItemRefusesAnEmptyNameBehindAPlaceholder() {
    assertThatThrownBy(() ->
            client.getItem(it ->
                it.tableName(table)
                    .key(key("a", 1))
                    .projectionExpression("#e")
                    .expressionAttributeNames(Map.of("#e", ""))))
        .hasMessageContaining("Empty attribute name");
  }

  @Test
  void scanRefusesToProjectWhatItOnlyCounts() {
    assertThatThrownBy(
            () -> client.scan(it -> it.tableName(table).select("COUNT").attributesToGet("t")))
        .hasMessageContaining(
            "Cannot specify the AttributesToGet when choosing to get only the Count");
  }

  @Test
  void createTableRefusesNamesOfKeysBeyond255Characters() {
    String most = "k".repeat(255);
    DynamoTestTables.create(client, "named-" + table, request -> keyed(request, most));
    assertThatThrownBy(
            () -> DynamoTestTables.create(client, "refused", request -> keyed(request, most + "k")))
        .hasMessageContaining("Member must have length less than or equal to 255");
  }

  private static void keyed(CreateTableRequest.Builder request, String name) {
    request.attributeDefinitions(DynamoTestTables.definitions(name)).keySchema(hash(name));
  }

  private static KeySchemaElement hash(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType("HASH").build();
  }

  @Test
  void createTableRefusesAnAttributeThatIsProjectedTwice() {
    Projection twice =
        Projection.builder().projectionType("INCLUDE").nonKeyAttributes("t", "t").build();
    assertThatThrownBy(() -> DynamoTestTables.createIndexed(client, "refused", twice))
        .hasMessageContaining("Duplicate");
  }

  @Test
  void updateTableWantsTheAttributesOfANewIndexDefined() {
    assertThatThrownBy(() ->
            client.updateTable(it ->
                it.tableName(table)
                    .globalSecondaryIndexUpdates(
                        GlobalSecondaryIndexUpdate.builder()
                            .create(create ->
                                create
                                    .indexName("again")
                                    .keySchema(hash("g"))
                                    .projection(all -> all.projectionType("ALL")))
                            .build())))
        .hasMessageContaining("not defined in AttributeDefinitions");
  }

  @Test
  void tagResourceSaysWhatIsNotThereOrNoTable() {
    String arn = client.describeTable(it -> it.tableName(table)).table().tableArn();
    Tag tag = Tag.builder().key("k").value("v").build();
    assertThatThrownBy(() -> client.tagResource(it -> it.resourceArn(arn + "x").tags(tag)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> client.tagResource(it -> it.resourceArn(arn + "/index/x").tags(tag)))
        .hasMessageContaining("Invalid resource arn provided, only table or stream is accepted");
    Tag odd = Tag.builder().key("k!").value("v").build();
    assertThatThrownBy(() -> client.tagResource(it -> it.resourceArn(arn).tags(odd)))
        .hasMessageContaining("Invalid characters in the Key of a tag");
  }

  @Test
  void deleteTableSaysNoMoreOfItsKeys() {
    assertThat(client.deleteTable(it -> it.tableName(table)).tableDescription())
        .satisfies(gone -> {
          assertThat(gone.tableStatusAsString()).isEqualTo("DELETING");
          assertThat(gone.hasKeySchema()).isFalse();
          assertThat(gone.hasGlobalSecondaryIndexes()).isFalse();
          assertThat(gone.creationDateTime()).isNull();
        });
  }

  @Test
  void transactWriteItemsLooksNoFurtherThanWhatIsInvalid() {
    TransactWriteItem bad =
        TransactWriteItem.builder()
            .put(put -> put.tableName(table).item(Map.of("p", n(1), "s", n(1))))
            .build();
    assertThatThrownBy(() -> client.transactWriteItems(it -> it.transactItems(bad, bad)))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            cancelled ->
                assertThat(cancelled.cancellationReasons())
                    .extracting(CancellationReason::code)
                    .containsExactly("ValidationError", "None"));
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
