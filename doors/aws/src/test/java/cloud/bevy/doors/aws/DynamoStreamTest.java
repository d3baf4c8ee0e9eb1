package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardFilterType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Streams of tables as the AWS SDK for Java sees them: how they come to be, end and are found.
final class DynamoStreamTest extends DynamoStreamsTest {
  @Test
  void createTableMakesAStreamAndSaysWhatItIsCalled() {
    String arn = create(StreamViewType.NEW_AND_OLD_IMAGES);
    TableDescription described = described();
    assertThat(described.streamSpecification().streamEnabled()).isTrue();
    assertThat(described.streamSpecification().streamViewType())
        .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
    assertThat(described.latestStreamLabel())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
    assertThat(arn).isEqualTo(described.tableArn() + "/stream/" + described.latestStreamLabel());
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
                    it.streamSpecification(
                        on -> on.streamEnabled(false).streamViewType(StreamViewType.NEW_IMAGE))),
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
    invalid(() -> switchOn(null), "If stream is being enabled then UpdateViewType is required");
    invalid(
        () ->
            client.updateTable(it ->
                it.tableName(table)
                    .streamSpecification(
                        off -> off.streamEnabled(false).streamViewType(StreamViewType.NEW_IMAGE))),
        "If stream is being disabled, then UpdateViewType must not be specified");
  }

  @Test
  void updateTableRefusesAStreamTogetherWithWhatElseTakesATime() {
    create(StreamViewType.NEW_IMAGE);
    GlobalSecondaryIndexUpdate deletion =
        GlobalSecondaryIndexUpdate.builder().delete(index -> index.indexName("none")).build();
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
                    .globalSecondaryIndexUpdates(deletion)),
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
                        .shardFilter(of -> of.type(ShardFilterType.CHILD_SHARDS).shardId(shard)))
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
            described().tableArn() + "/stream/2020-01-01T00:00:00.000")) {
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
            streams.getShardIterator(
                it -> it.streamArn(arn).shardId(shard(arn).shardId()).shardIteratorType("bulle")),
        "Member must satisfy enum value set");
  }
}
