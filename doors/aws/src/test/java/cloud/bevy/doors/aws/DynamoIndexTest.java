package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.indexed;
import static cloud.bevy.doors.aws.DynamoTestTables.key;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static cloud.bevy.doors.aws.DynamoTestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// Secondary indexes as the AWS SDK for Java sees them.
final class DynamoIndexTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final Projection ALL =
      Projection.builder().projectionType(ProjectionType.ALL).build();
  private static final Projection KEYS =
      Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();

  private String table;

  @BeforeEach
  void name() {
    table = "indexed-" + TABLES.incrementAndGet();
  }

  private void put(Map<String, AttributeValue> item) {
    client.putItem(request -> request.tableName(table).item(item));
  }

  private List<String> query(String index, Consumer<QueryRequest.Builder> more) {
    String partition = index.equals("by-g") ? "g" : "p";
    List<String> sorts = new ArrayList<>();
    client
        .queryPaginator(request -> {
          request
              .tableName(table)
              .indexName(index)
              .keyConditionExpression(partition + " = :v")
              .expressionAttributeValues(Map.of(":v", s("x")));
          more.accept(request);
        })
        .items()
        .forEach(item -> sorts.add(item.get("s").n()));
    return sorts;
  }

  @Test
  void queryReadsAnIndexInItsOrder() {
    DynamoTestTables.createIndexed(client, table, ALL);
    put(indexed("a", 1, "x", 30));
    put(indexed("b", 2, "x", -4));
    put(indexed("c", 3, "x", 7));
    put(indexed("d", 4, "xx", 7));
    assertThat(query("by-g", request -> request.limit(1))).containsExactly("2", "3", "1");
    assertThat(query("by-g", request -> request.scanIndexForward(false).limit(2)))
        .containsExactly("1", "3", "2");
    assertThat(
            query(
                "by-g",
                request ->
                    request
                        .keyConditionExpression("g = :v AND n > :n")
                        .expressionAttributeValues(Map.of(":v", s("x"), ":n", n(7)))))
        .containsExactly("1");
  }

  @Test
  void queryFindsAllOfManyItemsThatHaveOneKeyInAnIndex() {
    DynamoTestTables.createIndexed(client, table, ALL);
    for (int sort = 0; sort < 10; sort++) {
      put(indexed("a", sort, "x", 5));
    }
    assertThat(query("by-g", request -> request.limit(3))).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void queryReadsALocalIndexWithWhateverAttributesAreWanted() {
    DynamoTestTables.createIndexed(client, table, KEYS);
    put(indexed("x", 1, "g", 30));
    put(indexed("x", 2, "g", 20));
    put(Map.of("p", s("x"), "s", n(3)));
    assertThat(query("by-n", _ -> {})).containsExactly("2", "1");
    var whole =
        client.query(request ->
            request
                .tableName(table)
                .indexName("by-n")
                .select(Select.ALL_ATTRIBUTES)
                .keyConditionExpression("p = :v")
                .expressionAttributeValues(Map.of(":v", s("x"))));
    assertThat(whole.items().getFirst()).isEqualTo(indexed("x", 2, "g", 20));
  }

  @Test
  void queryAnswersOfAnIndexWhatItProjects() {
    DynamoTestTables.createIndexed(client, table, KEYS);
    put(indexed("a", 1, "x", 30));
    var page =
        client.query(request ->
            request
                .tableName(table)
                .indexName("by-g")
                .keyConditionExpression("g = :v")
                .expressionAttributeValues(Map.of(":v", s("x"))));
    assertThat(page.items())
        .containsExactly(Map.of("p", s("a"), "s", n(1), "g", s("x"), "n", n(30)));
    assertThatThrownBy(() -> query("by-g", request -> request.projectionExpression("t")))
        .hasMessageContaining("does not project [t]");
    assertThatThrownBy(() -> query("by-g", request -> request.consistentRead(true)))
        .hasMessageContaining("Consistent reads are not supported on global secondary indexes");
  }

  @Test
  void updateItemMovesAnItemWithinAnIndexAndOutOfIt() {
    DynamoTestTables.createIndexed(client, table, ALL);
    put(indexed("a", 1, "x", 1));
    put(indexed("b", 2, "x", 2));
    update("a", 1, "SET n = :n", Map.of(":n", n(3)));
    assertThat(query("by-g", _ -> {})).containsExactly("2", "1");
    update("b", 2, "REMOVE g", null);
    assertThat(query("by-g", _ -> {})).containsExactly("1");
    client.deleteItem(request -> request.tableName(table).key(key("a", 1)));
    assertThat(query("by-g", _ -> {})).isEmpty();
  }

  private void update(String p, int s, String expression, Map<String, AttributeValue> values) {
    client.updateItem(request ->
        request
            .tableName(table)
            .key(key(p, s))
            .updateExpression(expression)
            .expressionAttributeValues(values));
  }

  @Test
  void putItemRefusesAnIndexKeyOfAnotherType() {
    DynamoTestTables.createIndexed(client, table, ALL);
    Map<String, AttributeValue> item = Map.of("p", s("a"), "s", n(1), "g", n(5));
    assertThatThrownBy(() -> put(item))
        .hasMessageContaining(
            "Type mismatch for Index Key g Expected: S Actual: N IndexName: by-g");
    assertThat(client.getItem(r -> r.tableName(table).key(key("a", 1))).hasItem()).isFalse();
  }

  @Test
  void putItemSaysWhatItCostOfEachIndex() {
    DynamoTestTables.createIndexed(client, table, ALL);
    var response =
        client.putItem(request ->
            request
                .tableName(table)
                .item(indexed("a", 1, "x", 1))
                .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE)
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
    assertThat(response.consumedCapacity().capacityUnits()).isEqualTo(3);
    assertThat(response.consumedCapacity().globalSecondaryIndexes()).containsOnlyKeys("by-g");
    assertThat(response.consumedCapacity().localSecondaryIndexes()).containsOnlyKeys("by-n");
    assertThat(response.itemCollectionMetrics().itemCollectionKey()).isEqualTo(Map.of("p", s("a")));
  }

  @Test
  void whatALocalIndexHasNotCostsAReadOfEachItem() {
    DynamoTestTables.createIndexed(client, table, KEYS);
    for (int sort = 0; sort < 3; sort++) {
      Map<String, AttributeValue> item = new HashMap<>(indexed("a", sort, "x", sort));
      item.put("body", s("x".repeat(5_000)));
      put(item);
    }
    assertThat(readUnits("body")).isEqualTo("3.0 of the table, 0.5 of the index");
    assertThat(readUnits("p, n")).isEqualTo("0.0 of the table, 0.5 of the index");
  }

  private String readUnits(String projection) {
    var units =
        client
            .query(request ->
                request
                    .tableName(table)
                    .indexName("by-n")
                    .keyConditionExpression("p = :p")
                    .projectionExpression(projection)
                    .expressionAttributeValues(Map.of(":p", s("a")))
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES))
            .consumedCapacity();
    return "%s of the table, %s of the index"
        .formatted(
            units.table().capacityUnits(),
            units.localSecondaryIndexes().get("by-n").capacityUnits());
  }

  @Test
  void scanReadsAnIndexInSegments() {
    DynamoTestTables.createIndexed(client, table, ALL);
    for (int sort = 0; sort < 20; sort++) {
      put(indexed("a", sort, "g" + sort, 1));
    }
    put(Map.of("p", s("x"), "s", n(3)));
    List<String> found = new ArrayList<>();
    for (int segment = 0; segment < 3; segment++) {
      int here = segment;
      client
          .scanPaginator(request ->
              request.tableName(table).indexName("by-g").segment(here).totalSegments(3).limit(2))
          .items()
          .forEach(item -> found.add(item.get("s").n()));
    }
    assertThat(found).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void updateTableMakesAnIndexOfWhatIsThere() {
    DynamoTestTables.create(client, table, _ -> {});
    for (int sort = 0; sort < 150; sort++) {
      put(indexed("a", sort, "x", 150 - sort));
    }
    addIndex();
    put(indexed("b", 1000, "x", 0));
    await(IndexStatus.ACTIVE);
    assertThat(query("by-g", _ -> {})).hasSize(151).startsWith("1000", "149").endsWith("0");
  }

  @Test
  void updateTableRemovesAnIndexAndMakesItAnew() {
    DynamoTestTables.createIndexed(client, table, ALL);
    put(indexed("a", 1, "x", 1));
    GlobalSecondaryIndexUpdate deletion =
        GlobalSecondaryIndexUpdate.builder().delete(it -> it.indexName("by-g")).build();
    client.updateTable(it -> it.tableName(table).globalSecondaryIndexUpdates(deletion));
    assertThatThrownBy(() -> query("by-g", _ -> {}))
        .hasMessageContaining("The table does not have the specified index: by-g");
    client.deleteItem(request -> request.tableName(table).key(key("a", 1)));
    put(indexed("b", 2, "x", 1));
    addIndex();
    await(IndexStatus.ACTIVE);
    assertThat(query("by-g", _ -> {})).containsExactly("2");
  }

  private void addIndex() {
    GlobalSecondaryIndexUpdate creation =
        GlobalSecondaryIndexUpdate.builder()
            .create(it ->
                it.indexName("by-g").keySchema(DynamoTestTables.keys("g", "n")).projection(ALL))
            .build();
    client.updateTable(it ->
        it.tableName(table)
            .attributeDefinitions(DynamoTestTables.definitions("g", "n"))
            .globalSecondaryIndexUpdates(creation));
  }

  private void await(IndexStatus status) {
    while (index().indexStatus() != status) {
      Thread.onSpinWait();
    }
  }

  private GlobalSecondaryIndexDescription index() {
    return client
        .describeTable(it -> it.tableName(table))
        .table()
        .globalSecondaryIndexes()
        .getFirst();
  }

  @Test
  void describeTableSaysWhichIndexesThereAreAndWhatTheyHold() {
    DynamoTestTables.createIndexed(client, table, KEYS);
    put(indexed("a", 1, "x", 1));
    put(Map.of("p", s("b"), "s", n(1)));
    var described = client.describeTable(it -> it.tableName(table)).table();
    assertThat(described.itemCount()).isEqualTo(2);
    assertThat(index().itemCount()).isEqualTo(1);
    assertThat(index().projection()).isEqualTo(KEYS);
    assertThat(described.localSecondaryIndexes().getFirst().indexArn()).endsWith("/index/by-n");
  }

  @Test
  void createTableRefusesTwoIndexesOfOneName() {
    assertThatThrownBy(() ->
            DynamoTestTables.create(
                client,
                table,
                request ->
                    request
                        .attributeDefinitions(DynamoTestTables.definitions("p", "s", "g", "n"))
                        .globalSecondaryIndexes(
                            DynamoTestTables.global("same", ALL),
                            DynamoTestTables.global("same", ALL))))
        .hasMessageContaining("Duplicate index name: same");
  }
}
