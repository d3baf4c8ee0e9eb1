package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.key;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static cloud.bevy.doors.aws.DynamoTestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What streams tell, as the AWS SDK for Java sees it.
final class DynamoRecordTest extends DynamoStreamsTest {
  private static final int LARGE = 300_000;

  @Test
  void getRecordsTellsOfInsertsChangesAndRemovalsInTheirOrder() {
    String arn = create(StreamViewType.NEW_AND_OLD_IMAGES);
    Instant before = Instant.now().minusSeconds(1);
    put("a", 1);
    put("a", 2);
    client.updateItem(it ->
        it.tableName(table)
            .key(key("b", 1))
            .updateExpression("SET v = :v")
            .expressionAttributeValues(Map.of(":v", n(5))));
    client.deleteItem(it -> it.tableName(table).key(key("a", 1)));
    List<Record> records = get(oldest(arn)).records();
    assertThat(told(records))
        .containsExactly("INSERT a >1", "MODIFY a 1>2", "INSERT b >5", "REMOVE a 2>");
    assertThat(records).extracting(Record::eventID).doesNotHaveDuplicates();
    assertThat(records)
        .extracting(record -> record.dynamodb().sequenceNumber())
        .isSorted()
        .doesNotHaveDuplicates();
    Record change = records.get(1);
    assertThat(change.eventName()).isEqualTo(OperationType.MODIFY);
    assertThat(change.eventVersion()).isEqualTo("1.1");
    assertThat(change.eventSource()).isEqualTo("aws:dynamodb");
    assertThat(change.awsRegion()).isEqualTo("eu-central-1");
    assertThat(change.userIdentity()).isNull();
    assertThat(change.dynamodb().keys()).isEqualTo(key("a", 1));
    assertThat(change.dynamodb().newImage()).isEqualTo(item("a", 2));
    assertThat(change.dynamodb().oldImage()).isEqualTo(item("a", 1));
    assertThat(change.dynamodb().streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
    assertThat(change.dynamodb().approximateCreationDateTime()).isBetween(before, Instant.now());
    assertThat(change.dynamodb().sizeBytes()).isEqualTo(5 + 8 + 8);
    assertThat(get(oldest(arn)).records()).isEqualTo(records);
  }

  @Test
  void getRecordsShowsWhatTheStreamIsToShow() {
    for (StreamViewType view :
        List.of(StreamViewType.KEYS_ONLY, StreamViewType.OLD_IMAGE, StreamViewType.NEW_IMAGE)) {
      name();
      String arn = create(view);
      put("a", 1);
      put("a", 2);
      StreamRecord change = get(oldest(arn)).records().getLast().dynamodb();
      assertThat(change.keys()).isEqualTo(key("a", 1));
      assertThat(change.streamViewType()).isEqualTo(view);
      assertThat(change.hasNewImage()).isEqualTo(view == StreamViewType.NEW_IMAGE);
      assertThat(change.hasOldImage()).isEqualTo(view == StreamViewType.OLD_IMAGE);
    }
  }

  @Test
  void getRecordsTellsNothingOfWritesThatChangeNothing() {
    String arn = create(StreamViewType.NEW_IMAGE);
    put("a", 1);
    put("a", 1);
    client.deleteItem(it -> it.tableName(table).key(key("none", 1)));
    client.updateItem(it -> it.tableName(table).key(key("a", 1)));
    assertThatThrownBy(() ->
            client.putItem(it ->
                it.tableName(table)
                    .item(item("a", 3))
                    .conditionExpression("attribute_not_exists(p)")))
        .isInstanceOf(AwsServiceException.class);
    assertThat(told(get(oldest(arn)).records())).containsExactly("INSERT a >1");
  }

  @Test
  void getRecordsTellsOfBatchesTransactionsAndStatements() {
    String arn = create(StreamViewType.NEW_AND_OLD_IMAGES);
    List<WriteRequest> batch = new ArrayList<>();
    for (int at = 0; at < 25; at++) {
      Map<String, AttributeValue> item = item("batch" + at, at);
      batch.add(WriteRequest.builder().putRequest(it -> it.item(item)).build());
    }
    client.batchWriteItem(it -> it.requestItems(Map.of(table, batch)));
    String latest = iterator(arn, ShardIteratorType.LATEST, null);
    assertThat(get(oldest(arn)).records()).hasSize(25);
    client.transactWriteItems(it ->
        it.clientRequestToken("once")
            .transactItems(
                TransactWriteItem.builder()
                    .put(put -> put.tableName(table).item(item("t", 1)))
                    .build(),
                TransactWriteItem.builder()
                    .delete(delete -> delete.tableName(table).key(key("batch0", 1)))
                    .build()));
    client.executeStatement(
        it -> it.statement("UPDATE \"" + table + "\" SET v = 7 WHERE p = 't' AND s = 1"));
    assertThat(told(get(latest).records()))
        .containsExactly("INSERT t >1", "REMOVE batch0 0>", "MODIFY t 1>7");
  }

  @Test
  void getRecordsPagesByLimitAndByTheMegabyte() {
    String arn = create(StreamViewType.NEW_IMAGE);
    List<WriteRequest> batch = new ArrayList<>();
    for (int at = 0; at < 7; at++) {
      Map<String, AttributeValue> item = new HashMap<>(item("large" + at, at));
      item.put("text", s("x".repeat(LARGE)));
      batch.add(WriteRequest.builder().putRequest(it -> it.item(item)).build());
    }
    client.batchWriteItem(it -> it.requestItems(Map.of(table, batch)));
    List<Integer> sizes = new ArrayList<>();
    List<Record> all = new ArrayList<>();
    String iterator = oldest(arn);
    do {
      GetRecordsResponse page = get(iterator);
      sizes.add(page.records().size());
      all.addAll(page.records());
      iterator = page.nextShardIterator();
    } while (sizes.getLast() > 0);
    assertThat(sizes).containsExactly(4, 3, 0);
    List<Record> single = new ArrayList<>();
    String[] next = {oldest(arn)};
    for (int at = 0; at < 7; at++) {
      GetRecordsResponse page = streams.getRecords(it -> it.shardIterator(next[0]).limit(1));
      single.addAll(page.records());
      next[0] = page.nextShardIterator();
    }
    assertThat(single).isEqualTo(all);
    put("later", 1);
    assertThat(told(get(iterator).records())).containsExactly("INSERT later >1");
  }

  @Test
  void getRecordsSaysThatTheServiceDeletedWhatExpired() {
    String arn = create(StreamViewType.NEW_AND_OLD_IMAGES);
    client.putItem(it -> it.tableName(table).item(item("a", 1_700_000_000)));
    client.updateTimeToLive(it ->
        it.tableName(table).timeToLiveSpecification(by -> by.enabled(true).attributeName("v")));
    List<Record> records = get(oldest(arn)).records();
    while (records.size() < 2) {
      Thread.onSpinWait();
      records = get(oldest(arn)).records();
    }
    assertThat(told(records).getLast()).isEqualTo("REMOVE a 1700000000>");
    assertThat(records.getLast().userIdentity().type()).isEqualTo("Service");
    assertThat(records.getLast().userIdentity().principalId()).isEqualTo("dynamodb.amazonaws.com");
  }

  @Test
  void getRecordsRefusesIteratorsThatAreNone() {
    String arn = create(StreamViewType.NEW_IMAGE);
    String iterator = oldest(arn);
    for (String none :
        List.of(
            "x".repeat(50),
            "*",
            arn + "|1|" + iterator,
            iterator.substring(0, iterator.length() / 2),
            iterator.substring(1),
            iterator + iterator)) {
      invalid(() -> get(none), "Invalid ShardIterator");
    }
    invalid(() -> get("x".repeat(2049)), "Member must have length less than or equal to 2048");
    for (int limit : List.of(0, 1001)) {
      invalid(
          () -> streams.getRecords(it -> it.shardIterator(iterator).limit(limit)),
          "at 'limit' failed to satisfy constraint");
    }
    assertThat(get(iterator).records()).isEmpty();
  }

  @Test
  void getRecordsKeepsTheStreamsOfTablesOfOneNameApart() {
    create(StreamViewType.NEW_IMAGE);
    String iterator = oldest(described().latestStreamArn());
    client.deleteTable(it -> it.tableName(table));
    create(StreamViewType.NEW_IMAGE);
    put("new", 1);
    assertThat(get(iterator).records()).isEmpty();
    assertThatThrownBy(() -> stream(described().tableArn() + "/stream/2020-01-01T00:00:00.000"))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
