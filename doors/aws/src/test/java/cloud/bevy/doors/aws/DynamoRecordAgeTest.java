package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchLimits;
import cloud.bevy.testing.simulator.ClockedWorld;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the door says of iterators, records and streams that are too old. No signature is asked
/// for, as those have a clock of their own.
final class DynamoRecordAgeTest {
  private static final String ITEM =
      """
      {"TableName": "aged", "Item": {"p": {"S": "%s"}}}\
      """;

  private final ClockedWorld world = new ClockedWorld();
  private Clouds clouds;
  private Lease lease;
  private DynamoDoor door;

  @BeforeEach
  void open(@TempDir Path folder) {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    clouds.create("test");
    lease = clouds.open("test").orElseThrow();
    door =
        new DynamoDoor(
            world, clouds, new Indexes(world, folder.resolve("search"), SearchLimits.defaults()));
    answer(
        "CreateTable",
        """
        {"TableName": "aged", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
         "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "KEYS_ONLY"}}\
        """);
    answer("PutItem", ITEM.formatted("first"));
  }

  @AfterEach
  void close() {
    lease.close();
    clouds.close();
  }

  private DynamoDoor.Answer call(String operation, String request) {
    Cloud cloud = lease.cloud();
    return door.call(cloud, operation, request.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(DynamoDoor.Answer answer) {
    return new String(answer.json(), StandardCharsets.UTF_8);
  }

  private String answer(String operation, String request) {
    DynamoDoor.Answer answer = call(operation, request);
    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    return text(answer);
  }

  private void refused(String operation, String request, String type) {
    DynamoDoor.Answer answer = call(operation, request);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(text(answer)).contains("#" + type + "\"");
  }

  private static String member(String json, String name) {
    Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    assertThat(member.find()).as(json).isTrue();
    return member.group(1);
  }

  private String arn() {
    return member(answer("ListStreams", "{}"), "StreamArn");
  }

  private String iteratorRequest(String more) {
    String stream = "{\"StreamArn\": \"%s\"}".formatted(arn());
    String shard = member(answer("DescribeStream", stream), "ShardId");
    return "{\"StreamArn\": \"%s\", \"ShardId\": \"%s\", %s}".formatted(arn(), shard, more);
  }

  private String records(String position) {
    String answer = answer("GetShardIterator", iteratorRequest(position));
    return "{\"ShardIterator\": \"%s\"}".formatted(member(answer, "ShardIterator"));
  }

  @Test
  void anIteratorExpiresAfterAQuarterOfAnHour() {
    String records = records("\"ShardIteratorType\": \"TRIM_HORIZON\"");
    world.pass(Duration.ofMinutes(15));
    assertThat(answer("GetRecords", records)).contains("first");
    world.pass(Duration.ofMillis(1));
    refused("GetRecords", records, "ExpiredIteratorException");
  }

  @Test
  void recordsThatWouldBeMissedAreSaidToBeTrimmed() {
    String first = answer("GetRecords", records("\"ShardIteratorType\": \"TRIM_HORIZON\""));
    String at = "\"SequenceNumber\": \"%s\"".formatted(member(first, "SequenceNumber"));
    String next = "{\"ShardIterator\": \"%s\"}".formatted(member(first, "NextShardIterator"));
    answer("PutItem", ITEM.formatted("second"));
    world.pass(Duration.ofHours(25).minusMinutes(10));
    String late = records(at + ", \"ShardIteratorType\": \"AFTER_SEQUENCE_NUMBER\"");
    assertThat(answer("GetRecords", late)).contains("second");
    world.pass(Duration.ofMinutes(11));
    refused("GetRecords", late, "TrimmedDataAccessException");
    refused("GetRecords", next, "ExpiredIteratorException");
    for (String type : new String[] {"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"}) {
      refused(
          "GetShardIterator",
          iteratorRequest(at + ", \"ShardIteratorType\": \"" + type + "\""),
          "TrimmedDataAccessException");
    }
    answer("PutItem", ITEM.formatted("third"));
    assertThat(answer("GetRecords", records("\"ShardIteratorType\": \"TRIM_HORIZON\"")))
        .contains("third")
        .doesNotContain("first")
        .doesNotContain("second");
  }

  @Test
  void aStreamThatWasSwitchedOffIsReadForADay() {
    String stream = "{\"StreamArn\": \"%s\"}".formatted(arn());
    answer(
        "UpdateTable",
        """
        {"TableName": "aged", "StreamSpecification": {"StreamEnabled": false}}\
        """);
    world.pass(Duration.ofDays(1).minusMinutes(1));
    String records = records("\"ShardIteratorType\": \"TRIM_HORIZON\"");
    assertThat(answer("GetRecords", records)).contains("first");
    world.pass(Duration.ofMinutes(1));
    refused("DescribeStream", stream, "ResourceNotFoundException");
    refused("GetRecords", records, "ResourceNotFoundException");
    assertThat(answer("ListStreams", "{}")).isEqualTo("{\"Streams\":[]}");
    assertThat(answer("DescribeTable", "{\"TableName\": \"aged\"}")).contains("LatestStreamArn");
  }
}
