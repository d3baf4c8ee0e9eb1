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
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardFilterType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Streams of tables as the AWS SDK for Java sees them.
final class DynamoStreamTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final int LARGE = 300_000;
  private static final String NO_ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/%s/stream/%s";

  private DynamoDbStreamsClient streams;
  private String table;

  @BeforeAll
  void connect() {
    streams = server.streams();
  }

  @AfterAll
  void disconnect() {
    streams.close();
  }

  @BeforeEach
  void name() {
    table = "streamed-" + TABLES.incrementAndGet();
  }

  private String create(StreamViewType view) {
    DynamoTestTables.create(
        client,
        table,
        request -> request.streamSpecification(it -> it.streamEnabled(true).streamViewType(view)));
    return described().latestStreamArn();
  }

  private TableDescription described() {
    return client.describeTable(it -> it.tableName(table)).table();
  }

  private void put(String p, int value) {
    client.putItem(it -> it.tableName(table).item(item(p, value)));
  }

  private static Map<String, AttributeValue> item(String p, int value) {
    Map<String, AttributeValue> item = new HashMap<>(key(p, 1));
    item.put("v", n(value));
    return item;
  }

  private void switchOff() {
    client.updateTable(it -> it.tableName(table).streamSpecification(on -> on.streamEnabled(false)));
  }

  private void switchOn(StreamViewType view) {
    client.updateTable(it ->
        it.tableName(table)
            .streamSpecification(on -> on.streamEnabled(true).streamViewType(view)));
  }

  private StreamDescription stream(String arn) {
    return streams.describeStream(it -> it.streamArn(arn)).streamDescription();
  }

  private Shard shard(String arn) {
    return stream(arn).shards().getFirst();
  }

  private String iterator(String arn, ShardIteratorType type, String sequence) {
    return streams
        .getShardIterator(it ->
            it.streamArn(arn)
                .shardId(shard(arn).shardId())
                .shardIteratorType(type)
                .sequenceNumber(sequence))
        .shardIterator();
  }

  private String oldest(String arn) {
    return iterator(arn, ShardIteratorType.TRIM_HORIZON, null);
  }

  private GetRecordsResponse get(String iterator) {
    return streams.getRecords(it -> it.shardIterator(iterator));
  }

  private static List<String> told(List<Record> records) {
    List<String> told = new ArrayList<>();
    for (Record record : records) {
      StreamRecord change = record.dynamodb();
      told.add(
          "%s %s %s>%s"
              .formatted(
                  record.eventName(),
                  change.keys().get("p").s(),
                  value(change.oldImage()),
                  value(change.newImage())));
    }
    return told;
  }

  private static String value(Map<String, AttributeValue> image) {
    return image.containsKey("v") ? image.get("v").n() : "";
  }

  private static void refused(ThrowingCallable call, String code, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refusal -> {
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refusal.awsErrorDetails().errorMessage()).contains(words);
            });
  }

  private static void invalid(ThrowingCallable call, String words) {
    refused(call, "ValidationException", words);
  }

  @Test
  void createTableMakesAStreamAndSaysWhatItIsCalled() {
    String arn = create(StreamViewType.NEW_AND_OLD_IMAGES);
    TableDescription described = described();
    assertThat(described.streamSpecification().streamEnabled()).isTrue();
    assertThat(described.streamSpecification().streamViewType())
        .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
    assertThat(described.latestStreamLabel())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
    assertThat(arn)
        .isEqualTo(described.tableArn() + "/stream/" + described.latestStreamLabel());
  }

  @Test
  void createTableRefusesAStreamOfWhichWhatItShowsDoesNotFit() {
    invalid(
        () ->
            DynamoTestTables.create(
                client, table, it -> it.streamSpecification(on -> on.streamEnabled(true))),
        "Table is being created with a stream enabled, UpdateViewType is required");
    invalid(
        () ->
            DynamoTestTables.create(
                client,
                table,
                it ->
                    it.streamSpecification(on ->
                        on.streamEnabled(false).streamViewType(StreamViewType.NEW_IMAGE))),
        "a stream disabled, UpdateViewType should not be specified");
    invalid(
        () ->
            DynamoTestTables.create(
                client,
                table,
                it -> it.streamSpecification(on -> on.streamEnabled(true).streamViewType("ALL"))),
        "Member must satisfy enum value set: [OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES,");
    invalid(
        () -> DynamoTestTables.create(client, table, it -> it.streamSpecification(on -> {})),
        "Value null at 'streamSpecification.streamEnabled' failed to satisfy constraint: Member"
            + " must not be null");
  }

  @Test
  void updateTableSwitchesAStreamOffAndAnotherOn() {
    DynamoTestTables.create(client, table, _ -> {});
    put("before", 1);
    switchOn(StreamViewType.NEW_IMAGE);
    String first = described().latestStreamArn();
    put("on", 1);
    switchOff();
    assertThat(described().streamSpecification()).isNull();
    assertThat(described().latestStreamArn()).isEqualTo(first);
    put("off", 1);
    switchOn(StreamViewType.KEYS_ONLY);
    put("again", 1);
    assertThat(stream(first).streamStatus()).isEqualTo(StreamStatus.DISABLED);
    GetRecordsResponse closed = get(oldest(first));
    assertThat(told(closed.records())).containsExactly("INSERT on >1");
    assertThat(closed.nextShardIterator()).isNull();
    assertThat(closed.records().getLast().dynamodb().sequenceNumber())
        .isLessThanOrEqualTo(shard(first).sequenceNumberRange().endingSequenceNumber());
    String second = described().latestStreamArn();
    assertThat(second).isNotEqualTo(first);
    assertThat(told(get(oldest(second)).records())).containsExactly("INSERT again >");
  }

  @Test
  void updateTableRefusesAStreamThatIsOnOrOffAlready() {
    create(StreamViewType.NEW_IMAGE);
    String on = "Table already has an enabled stream: TableName: " + table;
    invalid(() -> switchOn(StreamViewType.NEW_IMAGE), on);
    invalid(() -> switchOn(StreamViewType.KEYS_ONLY), on);
    switchOff();
    invalid(this::switchOff, "Table has no stream to disable: TableName: " + table);
    invalid(
        () -> switchOn(null), "If stream is being enabled then UpdateViewType is required");
    invalid(
        () ->
            client.updateTable(it ->
                it.tableName(table)
                    .streamSpecification(off ->
                        off.streamEnabled(false).streamViewType(StreamViewType.NEW_IMAGE))),
        "If stream is being disabled, then UpdateViewType must not be specified");
  }

  @Test
  void updateTableRefusesAStreamTogetherWithWhatElseTakesATime() {
    create(StreamViewType.NEW_IMAGE);
    invalid(
        () ->
            client.updateTable(it ->
                it.tableName(table)
                    .streamSpecification(off -> off.streamEnabled(false))
                    .provisionedThroughput(
                        units -> units.readCapacityUnits(1L).writeCapacityUnits(1L))),
        "You cannot modify stream status while updating table IOPS");
    invalid(
        () ->
            client.updateTable(it ->
                it.tableName(table)
                    .streamSpecification(off -> off.streamEnabled(false))
                    .globalSecondaryIndexUpdates(
                        change -> change.delete(index -> index.indexName("none")))),
        "You cannot create or delete index while changing stream status");
    assertThat(described().streamSpecification().streamEnabled()).isTrue();
  }

  @Test
  void deleteTableLeavesTheStreamToBeRead() {
    String arn = create(StreamViewType.NEW_AND_OLD_IMAGES);
    put("a", 1);
    String reading = oldest(arn);
    client.deleteTable(it -> it.tableName(table));
    GetRecordsResponse rest = get(reading);
    assertThat(told(rest.records())).containsExactly("INSERT a >1");
    assertThat(rest.nextShardIterator()).isNull();
    assertThat(stream(arn).streamStatus()).isEqualTo(StreamStatus.DISABLED);
    create(StreamViewType.KEYS_ONLY);
    put("b", 1);
    assertThat(told(get(oldest(arn)).records())).containsExactly("INSERT a >1");
    assertThat(streams.listStreams(it -> it.tableName(table)).streams()).hasSize(2);
  }

  @Test
  void listStreamsListsThoseOfAllTablesOrOfOneInPages() {
    String arn = create(StreamViewType.KEYS_ONLY);
    switchOff();
    switchOn(StreamViewType.NEW_IMAGE);
    List<Stream> own = streams.listStreams(it -> it.tableName(table)).streams();
    assertThat(own).extracting(Stream::streamArn).startsWith(arn).hasSize(2);
    assertThat(own.getLast())
        .isEqualTo(
            Stream.builder()
                .streamArn(described().latestStreamArn())
                .tableName(table)
                .streamLabel(described().latestStreamLabel())
                .build());
    List<Stream> all = new ArrayList<>();
    String[] start = new String[1];
    do {
      var page = streams.listStreams(it -> it.limit(1).exclusiveStartStreamArn(start[0]));
      all.addAll(page.streams());
      start[0] = page.lastEvaluatedStreamArn();
    } while (start[0] != null);
    assertThat(all).containsAll(own).doesNotHaveDuplicates();
    assertThat(streams.listStreams(it -> it.tableName("no-such-table")).streams()).isEmpty();
  }

  @Test
  void listStreamsRefusesLimitsAndBeginningsThatAreNone() {
    invalid(
        () -> streams.listStreams(it -> it.limit(0)),
        "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than");
    invalid(() -> streams.listStreams(it -> it.limit(101)), "less than or equal to 100");
    invalid(
        () -> streams.listStreams(it -> it.exclusiveStartStreamArn("x".repeat(40))),
        "Invalid StreamArn");
  }

  @Test
  void describeStreamSaysWhatAStreamIs() {
    Instant before = Instant.now().minusMillis(1);
    String arn = create(StreamViewType.OLD_IMAGE);
    StreamDescription stream = stream(arn);
    assertThat(stream.streamArn()).isEqualTo(arn);
    assertThat(stream.streamLabel()).isEqualTo(described().latestStreamLabel());
    assertThat(stream.tableName()).isEqualTo(table);
    assertThat(stream.streamStatus()).isEqualTo(StreamStatus.ENABLED);
    assertThat(stream.streamViewType()).isEqualTo(StreamViewType.OLD_IMAGE);
    assertThat(stream.keySchema()).isEqualTo(DynamoTestTables.keys("p", "s"));
    assertThat(stream.creationRequestDateTime()).isBetween(before, Instant.now());
    assertThat(stream.lastEvaluatedShardId()).isNull();
    Shard shard = stream.shards().getFirst();
    assertThat(shard.shardId()).hasSizeBetween(28, 65);
    assertThat(shard.sequenceNumberRange().startingSequenceNumber()).matches("[0-9]{21,40}");
    assertThat(shard.sequenceNumberRange().endingSequenceNumber()).isNull();
  }

  @Test
  void describeStreamPagesAndFiltersShards() {
    String arn = create(StreamViewType.OLD_IMAGE);
    String shard = shard(arn).shardId();
    assertThat(
            streams
                .describeStream(it -> it.streamArn(arn).limit(1).exclusiveStartShardId(shard))
                .streamDescription()
                .shards())
        .isEmpty();
    assertThat(
            streams
                .describeStream(it ->
                    it.streamArn(arn)
                        .shardFilter(of ->
                            of.type(ShardFilterType.CHILD_SHARDS).shardId(shard)))
                .streamDescription()
                .shards())
        .isEmpty();
  }

  @Test
  void describeStreamSaysWhichStreamsThereAreNot() {
    String arn = create(StreamViewType.OLD_IMAGE);
    for (String none :
        List.of(
            arn.substring(0, arn.length() - 1) + "x",
            arn.replace(table, "no-such-table"),
            NO_ARN.formatted(table, "2020-01-01T00:00:00.000"))) {
      refused(
          () -> stream(none),
          "ResourceNotFoundException",
          "Requested resource not found: Stream: " + none + " not found");
    }
    invalid(() -> stream(described().tableArn()), "Invalid StreamArn");
    invalid(() -> stream("fake-stream"), "Invalid StreamArn");
  }

  @Test
  void getShardIteratorBeginsWhereItIsTold() {
    String arn = create(StreamViewType.NEW_IMAGE);
    String start = shard(arn).sequenceNumberRange().startingSequenceNumber();
    put("a", 1);
    String latest = iterator(arn, ShardIteratorType.LATEST, null);
    put("b", 2);
    put("c", 3);
    List<Record> all = get(oldest(arn)).records();
    assertThat(told(all)).containsExactly("INSERT a >1", "INSERT b >2", "INSERT c >3");
    assertThat(told(get(latest).records())).containsExactly("INSERT b >2", "INSERT c >3");
    for (ShardIteratorType type :
        List.of(ShardIteratorType.AT_SEQUENCE_NUMBER, ShardIteratorType.AFTER_SEQUENCE_NUMBER)) {
      assertThat(get(iterator(arn, type, start)).records()).isEqualTo(all);
    }
    String second = all.get(1).dynamodb().sequenceNumber();
    assertThat(get(iterator(arn, ShardIteratorType.AT_SEQUENCE_NUMBER, second)).records())
        .isEqualTo(all.subList(1, 3));
    assertThat(get(iterator(arn, ShardIteratorType.AFTER_SEQUENCE_NUMBER, second)).records())
        .isEqualTo(all.subList(2, 3));
  }

  @Test
  void getShardIteratorRefusesWhatIsNotInTheStream() {
    String arn = create(StreamViewType.NEW_IMAGE);
    put("a", 1);
    refused(
        () ->
            streams.getShardIterator(it ->
                it.streamArn(arn)
                    .shardId("shardId-00000000000000000000-00000000")
                    .shardIteratorType(ShardIteratorType.LATEST)),
        "ResourceNotFoundException",
        "Requested resource not found: Shard: ");
    String sequence = get(oldest(arn)).records().getFirst().dynamodb().sequenceNumber();
    invalid(() -> iterator(arn, ShardIteratorType.LATEST, sequence), "SequenceNumber");
    invalid(() -> iterator(arn, ShardIteratorType.TRIM_HORIZON, sequence), "SequenceNumber");
    invalid(() -> iterator(arn, ShardIteratorType.AT_SEQUENCE_NUMBER, null), "SequenceNumber");
    for (String none :
        List.of("9".repeat(21), "1" + "0".repeat(17) + "999", "x".repeat(30), "0".repeat(40))) {
      invalid(
          () -> iterator(arn, ShardIteratorType.AFTER_SEQUENCE_NUMBER, none),
          "Invalid SequenceNumber");
    }
    invalid(
        () -> iterator(arn, ShardIteratorType.AT_SEQUENCE_NUMBER, "1"),
        "Member must have length greater than or equal to 21");
    invalid(
        () ->
            streams.getShardIterator(it ->
                it.streamArn(arn).shardId(shard(arn).shardId()).shardIteratorType("bulle")),
        "Member must satisfy enum value set");
  }

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
    assertThat(change.dynamodb().approximateCreationDateTime())
        .isBetween(before, Instant.now());
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
    client.executeStatement(it ->
        it.statement("UPDATE \"" + table + "\" SET v = 7 WHERE p = 't' AND s = 1"));
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
        it.tableName(table)
            .timeToLiveSpecification(by -> by.enabled(true).attributeName("v")));
    List<Record> records = get(oldest(arn)).records();
    while (records.size() < 2) {
      Thread.onSpinWait();
      records = get(oldest(arn)).records();
    }
    assertThat(told(records).getLast()).isEqualTo("REMOVE a 1700000000>");
    assertThat(records.getLast().userIdentity().type()).isEqualTo("Service");
    assertThat(records.getLast().userIdentity().principalId())
        .isEqualTo("dynamodb.amazonaws.com");
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
    assertThatThrownBy(() -> stream(NO_ARN.formatted(table, "2020-01-01T00:00:00.000")))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
