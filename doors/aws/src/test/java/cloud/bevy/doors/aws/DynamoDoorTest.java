package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The door as the AWS SDK for Java v2 sees it, over a socket, on a cloud on a disk.
final class DynamoDoorTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private String table;

  @BeforeEach
  void createTable() {
    table = "table-" + TABLES.incrementAndGet();
    create(table);
  }

  private void create(String name) {
    client.createTable(request ->
        request
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                attribute("p", ScalarAttributeType.S), attribute("s", ScalarAttributeType.N))
            .keySchema(element("p", KeyType.HASH), element("s", KeyType.RANGE)));
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement element(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue n(Object number) {
    return AttributeValue.fromN(number.toString());
  }

  private static Map<String, AttributeValue> key(String partition, int sort) {
    return Map.of("p", s(partition), "s", n(sort));
  }

  private Map<String, AttributeValue> put(String partition, int sort, String text) {
    Map<String, AttributeValue> item = Map.of("p", s(partition), "s", n(sort), "t", s(text));
    client.putItem(request -> request.tableName(table).item(item));
    return item;
  }

  private Map<String, AttributeValue> get(String partition, int sort) {
    return client.getItem(request -> request.tableName(table).key(key(partition, sort))).item();
  }

  @Test
  void aKeyThatIsNotForAllServicesIsNotForTables() {
    for (AccessKeyLimits limits :
        List.of(
            new AccessKeyLimits("ann", false, List.of()),
            new AccessKeyLimits("", false, List.of("photos/")))) {
      try (DynamoDbClient limited = server.clientOf(limits)) {
        assertThatThrownBy(limited::listTables).hasMessageContaining("not for this operation");
      }
    }
  }

  @Test
  void aKeyThatOnlyReadsChangesNoTable() {
    put("a", 1, "x");
    try (DynamoDbClient reader = server.clientOf(new AccessKeyLimits("", true, List.of()))) {
      assertThat(reader.getItem(r -> r.tableName(table).key(key("a", 1))).hasItem()).isTrue();
      assertThatThrownBy(() -> reader.deleteItem(r -> r.tableName(table).key(key("a", 1))))
          .hasMessageContaining("not for this operation");
    }
    assertThat(get("a", 1)).isNotEmpty();
  }

  @Test
  void createTableRefusesANameThatIsTaken() {
    assertThatThrownBy(() -> create(table)).isInstanceOf(ResourceInUseException.class);
  }

  @Test
  void describeTableSaysWhatWasCreated() {
    put("a", 1, "x");
    var described = client.describeTable(request -> request.tableName(table)).table();
    assertThat(described.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(described.keySchema())
        .containsExactly(element("p", KeyType.HASH), element("s", KeyType.RANGE));
    assertThat(described.itemCount()).isEqualTo(1);
    assertThat(described.tableArn()).endsWith(":table/" + table);
  }

  @Test
  void listTablesGoesThroughThemInPages() {
    List<String> names = new ArrayList<>();
    client.listTablesPaginator(request -> request.limit(1)).tableNames().forEach(names::add);
    assertThat(names).contains(table).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void deleteTableTakesTheItemsWithIt() {
    put("a", 1, "x");
    client.deleteTable(request -> request.tableName(table));
    assertThatThrownBy(() -> get("a", 1)).isInstanceOf(ResourceNotFoundException.class);
    create(table);
    assertThat(get("a", 1)).isEmpty();
  }

  @Test
  void updateTableProtectsATableAgainstDeletion() {
    client.updateTable(request -> request.tableName(table).deletionProtectionEnabled(true));
    assertThatThrownBy(() -> client.deleteTable(request -> request.tableName(table)))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("protected against deletion");
  }

  @Test
  void putItemAnswersTheItemItReplaced() {
    Map<String, AttributeValue> before = put("a", 1, "x");
    PutItemResponse response =
        client.putItem(request ->
            request.tableName(table).item(key("a", 1)).returnValues(ReturnValue.ALL_OLD));
    assertThat(response.attributes()).isEqualTo(before);
    assertThat(get("a", 1)).isEqualTo(key("a", 1));
  }

  @Test
  void putItemShowsWhatItsConditionFailedOn() {
    Map<String, AttributeValue> before = put("a", 1, "x");
    assertThatThrownBy(() ->
            client.putItem(request ->
                request
                    .tableName(table)
                    .item(key("a", 1))
                    .conditionExpression("attribute_not_exists(p)")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class,
            failed -> assertThat(failed.item()).isEqualTo(before));
    assertThat(get("a", 1)).isEqualTo(before);
  }

  @Test
  void updateItemAnswersWhatItChanged() {
    put("a", 1, "x");
    UpdateItemResponse response =
        client.updateItem(request ->
            request
                .tableName(table)
                .key(key("a", 1))
                .updateExpression("SET #n = if_not_exists(#n, :0) + :5 REMOVE t")
                .expressionAttributeNames(Map.of("#n", "count"))
                .expressionAttributeValues(Map.of(":0", n(0), ":5", n(5)))
                .returnValues(ReturnValue.UPDATED_NEW));
    assertThat(response.attributes()).isEqualTo(Map.of("count", n(5)));
    assertThat(get("a", 1)).isEqualTo(Map.of("p", s("a"), "s", n(1), "count", n(5)));
  }

  @Test
  void updateItemCountsEveryOneOfManyAtOnce() throws Exception {
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int task = 0; task < 16; task++) {
        tasks.submit(() -> IntStream.range(0, 10).forEach(_ -> addOne()));
      }
    }
    assertThat(get("counter", 1)).containsEntry("n", n(160));
  }

  private void addOne() {
    client.updateItem(request ->
        request
            .tableName(table)
            .key(key("counter", 1))
            .updateExpression("ADD n :1")
            .expressionAttributeValues(Map.of(":1", n(1))));
  }

  @Test
  void deleteItemDeletesOnlyWhatFulfilsItsCondition() {
    Map<String, AttributeValue> before = put("a", 1, "x");
    assertThatThrownBy(() -> delete("y")).isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(get("a", 1)).isEqualTo(before);
    delete("x");
    assertThat(get("a", 1)).isEmpty();
  }

  private void delete(String text) {
    client.deleteItem(request ->
        request
            .tableName(table)
            .key(key("a", 1))
            .conditionExpression("t = :t")
            .expressionAttributeValues(Map.of(":t", s(text))));
  }

  @Test
  void getItemAnswersOnlyTheWantedParts() {
    put("a", 1, "x");
    var item =
        client
            .getItem(request ->
                request.tableName(table).key(key("a", 1)).projectionExpression("t, nothing"))
            .item();
    assertThat(item).isEqualTo(Map.of("t", s("x")));
  }

  @Test
  void queryReadsOnePartitionInOrder() {
    for (int sort : new int[] {10, -3, 2, 100}) {
      put("a", sort, "x");
      put("b", sort, "x");
    }
    assertThat(query("s > :s", true)).containsExactly("2", "10", "100");
    assertThat(query("s > :s", false)).containsExactly("100", "10", "2");
    assertThat(query("s <= :s", true)).containsExactly("-3");
  }

  private List<String> query(String sort, boolean forward) {
    return client
        .queryPaginator(request ->
            request
                .tableName(table)
                .keyConditionExpression("p = :p AND " + sort)
                .expressionAttributeValues(Map.of(":p", s("a"), ":s", n(0)))
                .scanIndexForward(forward)
                .limit(1))
        .items()
        .stream()
        .map(item -> item.get("s").n())
        .toList();
  }

  @Test
  void queryEndsAPageAtOneMegabyte() {
    for (int sort = 0; sort < 4; sort++) {
      put("a", sort, "x".repeat(390_000));
    }
    QueryResponse page =
        client.query(request ->
            request
                .tableName(table)
                .keyConditionExpression("p = :p")
                .expressionAttributeValues(Map.of(":p", s("a")))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertThat(page.count()).isEqualTo(3);
    assertThat(page.lastEvaluatedKey()).isEqualTo(key("a", 2));
    assertThat(page.consumedCapacity().capacityUnits()).isGreaterThan(100);
  }

  @Test
  void scanFindsEveryItemOnceInWhateverSegments() {
    for (int number = 0; number < 40; number++) {
      put("p" + number, number, "x");
    }
    List<String> found = new ArrayList<>();
    for (int segment = 0; segment < 4; segment++) {
      int here = segment;
      client
          .scanPaginator(
              request -> request.tableName(table).segment(here).totalSegments(4).limit(3))
          .items()
          .forEach(item -> found.add(item.get("p").s()));
    }
    assertThat(found).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void scanCountsWhatPassesItsFilter() {
    put("a", 1, "x");
    put("b", 1, "y");
    ScanResponse response =
        client.scan(request ->
            request
                .tableName(table)
                .filterExpression("t = :t")
                .expressionAttributeValues(Map.of(":t", s("x")))
                .select(Select.COUNT));
    assertThat(response.count()).isEqualTo(1);
    assertThat(response.scannedCount()).isEqualTo(2);
    assertThat(response.hasItems()).isFalse();
  }

  @Test
  void batchWriteItemPutsAndDeletesManyAtOnce() {
    writeBatch(0, 25);
    List<WriteRequest> deletes =
        List.of(WriteRequest.builder().deleteRequest(it -> it.key(key("a", 3))).build());
    var response = client.batchWriteItem(it -> it.requestItems(Map.of(table, deletes)));
    assertThat(response.unprocessedItems()).isEmpty();
    assertThat(get("a", 3)).isEmpty();
    assertThat(get("a", 24)).isEqualTo(key("a", 24));
  }

  @Test
  void batchGetItemReadsThoseThatAreThere() {
    writeBatch(0, 10);
    var keys =
        KeysAndAttributes.builder().keys(List.of(key("a", 3), key("a", 7), key("z", 1))).build();
    var read = client.batchGetItem(request -> request.requestItems(Map.of(table, keys)));
    assertThat(read.responses().get(table)).isEqualTo(List.of(key("a", 3), key("a", 7)));
    assertThat(read.unprocessedKeys()).isEmpty();
  }

  private void writeBatch(int from, int to) {
    List<WriteRequest> writes =
        IntStream.range(from, to)
            .mapToObj(sort -> PutRequest.builder().item(key("a", sort)).build())
            .map(put -> WriteRequest.builder().putRequest(put).build())
            .toList();
    client.batchWriteItem(request -> request.requestItems(Map.of(table, writes)));
  }

  @Test
  void describeLimitsSaysWhatMayBeProvisioned() {
    assertThat(client.describeLimits().tableMaxReadCapacityUnits()).isPositive();
  }

  @Test
  void describeEndpointsNamesThisPlace() {
    assertThat(client.describeEndpoints(request -> {}).endpoints().getFirst().address())
        .isEqualTo(server.uri().getAuthority());
  }
}
