package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.key;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// A test of streams: tables that have one, and what clients of streams do.
abstract class DynamoStreamsTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();

  DynamoDbStreamsClient streams;
  String table;

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

  String create(StreamViewType view) {
    DynamoTestTables.create(
        client,
        table,
        request -> request.streamSpecification(it -> it.streamEnabled(true).streamViewType(view)));
    return described().latestStreamArn();
  }

  TableDescription described() {
    return client.describeTable(it -> it.tableName(table)).table();
  }

  void put(String p, int value) {
    client.putItem(it -> it.tableName(table).item(item(p, value)));
  }

  static Map<String, AttributeValue> item(String p, int value) {
    Map<String, AttributeValue> item = new HashMap<>(key(p, 1));
    item.put("v", n(value));
    return item;
  }

  void switchOff() {
    client.updateTable(
        it -> it.tableName(table).streamSpecification(on -> on.streamEnabled(false)));
  }

  void switchOn(@Nullable StreamViewType view) {
    client.updateTable(it ->
        it.tableName(table).streamSpecification(on -> on.streamEnabled(true).streamViewType(view)));
  }

  StreamDescription stream(String arn) {
    return streams.describeStream(it -> it.streamArn(arn)).streamDescription();
  }

  Shard shard(String arn) {
    return stream(arn).shards().getFirst();
  }

  String iterator(String arn, ShardIteratorType type, @Nullable String sequence) {
    return streams
        .getShardIterator(it ->
            it.streamArn(arn)
                .shardId(shard(arn).shardId())
                .shardIteratorType(type)
                .sequenceNumber(sequence))
        .shardIterator();
  }

  String oldest(String arn) {
    return iterator(arn, ShardIteratorType.TRIM_HORIZON, null);
  }

  GetRecordsResponse get(String iterator) {
    return streams.getRecords(it -> it.shardIterator(iterator));
  }

  static List<String> told(List<Record> records) {
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

  static String value(Map<String, AttributeValue> image) {
    return image.containsKey("v") ? image.get("v").n() : "";
  }

  static void refused(ThrowingCallable call, String code, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refusal -> {
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refusal.awsErrorDetails().errorMessage()).contains(words);
            });
  }

  static void invalid(ThrowingCallable call, String words) {
    refused(call, "ValidationException", words);
  }
}
