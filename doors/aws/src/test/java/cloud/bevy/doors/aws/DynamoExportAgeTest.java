package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.ListPosition;
import cloud.bevy.services.buckets.ListQuery;
import cloud.bevy.services.buckets.OpenObject;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchLimits;
import cloud.bevy.services.tables.TransferAlarms;
import cloud.bevy.testing.simulator.ClockedWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exports of what has changed in a quarter of an hour, which passes at once here.
final class DynamoExportAgeTest {
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final ClockedWorld world = new ClockedWorld();
  private Clouds clouds;
  private Lease lease;
  private DynamoDoor door;
  private Bucket bucket;

  @BeforeEach
  void open(@TempDir Path folder) {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    clouds.create("test");
    lease = clouds.open("test").orElseThrow();
    clouds.wakeFor(new TransferAlarms(new TableCarrier())::ring);
    door =
        new DynamoDoor(
            world, clouds, new Indexes(world, folder.resolve("search"), SearchLimits.defaults()));
    Buckets.in(lease.cloud()).create(new BucketName("exports"), "us-east-1");
    bucket = Buckets.in(lease.cloud()).find(new BucketName("exports")).orElseThrow();
    answer(
        "CreateTable",
        """
        {"TableName": "aged", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}]}\
        """);
    answer(
        "UpdateContinuousBackups",
        """
        {"TableName": "aged",
         "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}}\
        """);
  }

  @AfterEach
  void close() {
    lease.close();
    clouds.close();
  }

  private String call(String operation, String request) {
    byte[] input = request.getBytes(StandardCharsets.UTF_8);
    return new String(door.call(lease.cloud(), operation, input).json(), StandardCharsets.UTF_8);
  }

  private String answer(String operation, String request) {
    String answer = call(operation, request);
    assertThat(answer).doesNotContain("__type");
    return answer;
  }

  private void put(String p, String text) {
    answer(
        "PutItem",
        """
        {"TableName": "aged", "Item": {"p": {"S": "%s"}, "t": {"S": "%s"}}}\
        """
            .formatted(p, text));
  }

  private static String request(long from, long to, String view) {
    return """
    {"TableArn": "arn:aws:dynamodb:us-east-1:000000000000:table/aged", "S3Bucket": "exports",
     "ExportType": "INCREMENTAL_EXPORT", "IncrementalExportSpecification":
       {"ExportFromTime": %d, "ExportToTime": %d, "ExportViewType": "%s"}}\
    """
        .formatted(from, to, view);
  }

  private String exported(long from, long to, String view) {
    String begun = answer("ExportTableToPointInTime", request(from, to, view));
    int at = begun.indexOf("arn:");
    String arn = begun.substring(at, begun.indexOf('"', at));
    String described;
    do {
      described = answer("DescribeExport", "{\"ExportArn\": \"" + arn + "\"}");
    } while (described.contains("IN_PROGRESS"));
    assertThat(described).contains("COMPLETED", "\"ExportViewType\":\"" + view + "\"");
    String prefix = "AWSDynamoDB/data/" + arn.substring(arn.lastIndexOf('/') + 1);
    List<StoredObject> files =
        bucket.list(new ListQuery(prefix, "", ListPosition.START, 10)).entries();
    try (OpenObject file = bucket.open(files.getFirst().key()).orElseThrow()) {
      file.unlock(Optional.empty());
      byte[] bytes = new GZIPInputStream(file.stream(0, file.object().size())).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void anIncrementalExportTellsWhatHasChanged() {
    put("a", "old");
    put("kept", "same");
    world.pass(Duration.ofSeconds(5));
    final long from = world.time().now().getEpochSecond();
    world.pass(Duration.ofMinutes(1));
    put("a", "new");
    final long written = world.time().now().getEpochSecond();
    world.pass(WINDOW);
    long to = world.time().now().getEpochSecond();
    put("kept", "later");
    world.pass(Duration.ofSeconds(5));
    String keys =
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"%d000000\"}},".formatted(written)
            + "\"Keys\":{\"p\":{\"S\":\"a\"}},";
    String image = "{\"p\":{\"S\":\"a\"},\"t\":{\"S\":\"%s\"}}";
    String both =
        "\"NewImage\":" + image.formatted("new") + ",\"OldImage\":" + image.formatted("old");
    assertThat(exported(from, to, "NEW_AND_OLD_IMAGES")).isEqualTo(keys + both + "}\n");
    assertThat(exported(from, to, "NEW_IMAGE"))
        .isEqualTo(keys + "\"NewImage\":" + image.formatted("new") + "}\n");
  }

  @Test
  void aWindowHasAQuarterOfAnHourToADay() {
    long from = world.time().now().getEpochSecond();
    world.pass(Duration.ofHours(25));
    long quarter = WINDOW.toSeconds();
    long day = Duration.ofDays(1).toSeconds();
    String view = "NEW_IMAGE";
    for (long length : new long[] {quarter - 1, day + 1}) {
      assertThat(call("ExportTableToPointInTime", request(from, from + length, view)))
          .contains("InvalidExportTimeException", "Difference between export period");
    }
    for (long length : new long[] {quarter, day}) {
      answer("ExportTableToPointInTime", request(from, from + length, view));
    }
    long now = world.time().now().getEpochSecond();
    assertThat(call("ExportTableToPointInTime", request(now - 60, now + quarter, view)))
        .contains("InvalidExportTimeException", "Export Time is invalid");
  }
}
