package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static cloud.bevy.doors.aws.DynamoTestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExportConflictException;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.ExportSummary;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.dynamodb.model.InvalidExportTimeException;
import software.amazon.awssdk.services.dynamodb.model.ListExportsResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.S3SseAlgorithm;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;

/// Exports to a bucket, as the AWS SDK for Java sees them.
final class DynamoExportTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private String table;
  private String arn;
  private TestObjects objects;

  @BeforeEach
  void create() {
    table = "exported-" + TABLES.incrementAndGet();
    DynamoTestTables.create(client, table, _ -> {});
    arn = client.describeTable(it -> it.tableName(table)).table().tableArn();
    objects = TestObjects.create(server, table);
    client.updateContinuousBackups(it ->
        it.tableName(table)
            .pointInTimeRecoverySpecification(point -> point.pointInTimeRecoveryEnabled(true)));
  }

  private void put(String p, int s, String text) {
    client.putItem(it -> it.tableName(table).item(Map.of("p", s(p), "s", n(s), "t", s(text))));
  }

  private ExportDescription begin(Consumer<ExportTableToPointInTimeRequest.Builder> more) {
    return client
        .exportTableToPointInTime(it -> {
          it.tableArn(arn).s3Bucket(table);
          more.accept(it);
        })
        .exportDescription();
  }

  private ExportDescription ended(ExportDescription begun) {
    ExportDescription export = begun;
    while (export.exportStatus() == ExportStatus.IN_PROGRESS) {
      export = client.describeExport(it -> it.exportArn(begun.exportArn())).exportDescription();
    }
    return export;
  }

  private ExportDescription export(Consumer<ExportTableToPointInTimeRequest.Builder> more) {
    ExportDescription ended = ended(begin(more));
    assertThat(ended.failureMessage()).isNull();
    assertThat(ended.exportStatus()).isEqualTo(ExportStatus.COMPLETED);
    return ended;
  }

  /// The lines of all files that a manifest names.
  private List<String> lines(ExportDescription export) {
    List<String> lines = new ArrayList<>();
    String manifest = export.exportManifest().replace("summary", "files");
    objects
        .text(manifest)
        .lines()
        .forEach(file -> lines.addAll(objects.lines(member(file, "dataFileS3Key"))));
    return lines;
  }

  private static String member(String json, String name) {
    String text = json.substring(json.indexOf("\"" + name + "\":\"") + name.length() + 4);
    return text.substring(0, text.indexOf('"'));
  }

  private static String md5(byte[] bytes) {
    try {
      byte[] sum = MessageDigest.getInstance("MD5").digest(bytes);
      return Base64.getEncoder().encodeToString(sum);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void exportTableToPointInTimeStoresItemsAndManifests() {
    put("a", 1, "x");
    ExportDescription begun = begin(it -> it.s3Prefix("some/where"));
    assertThat(begun.exportStatus()).isEqualTo(ExportStatus.IN_PROGRESS);
    assertThat(begun.exportArn()).startsWith(arn + "/export/");
    ExportDescription export = ended(begun);
    String id = export.exportArn().substring(export.exportArn().lastIndexOf('/') + 1);
    String folder = "some/where/AWSDynamoDB/" + id + "/";
    assertThat(export.exportManifest()).isEqualTo(folder + "manifest-summary.json");
    assertThat(objects.names(""))
        .hasSize(6)
        .contains(
            folder + "_started",
            folder + "manifest-files.json",
            folder + "manifest-files.md5",
            folder + "manifest-summary.json",
            folder + "manifest-summary.md5")
        .anyMatch(name -> name.startsWith(folder + "data/") && name.endsWith(".json.gz"));
    assertThat(lines(export))
        .singleElement()
        .asString()
        .startsWith("{\"Item\":{")
        .contains("\"p\":{\"S\":\"a\"}", "\"s\":{\"N\":\"1\"}", "\"t\":{\"S\":\"x\"}");
    String files = objects.text(folder + "manifest-files.json");
    assertThat(member(files, "md5Checksum"))
        .isEqualTo(md5(objects.bytes(member(files, "dataFileS3Key"))));
    for (String manifest : List.of("manifest-files", "manifest-summary")) {
      assertThat(objects.text(folder + manifest + ".md5"))
          .isEqualTo(md5(objects.bytes(folder + manifest + ".json")));
    }
    assertThat(objects.text(export.exportManifest()))
        .contains(
            "\"exportArn\":\"" + export.exportArn() + "\"",
            "\"s3Prefix\":\"some/where\"",
            "\"manifestFilesS3Key\":\"" + folder + "manifest-files.json\"",
            "\"itemCount\":1",
            "\"outputFormat\":\"DYNAMODB_JSON\"",
            "\"exportType\":\"FULL_EXPORT\"");
  }

  @Test
  void exportTableToPointInTimeStoresManyItemsInSeveralFiles() {
    for (int item = 0; item < 60; item++) {
      put("a" + item % 7, item, "x".repeat(150));
    }
    ExportDescription export = export(_ -> {});
    assertThat(export.itemCount()).isEqualTo(60);
    assertThat(export.billedSizeBytes()).isBetween(9_000L, 12_000L);
    assertThat(lines(export)).hasSize(60).doesNotHaveDuplicates();
    assertThat(objects.names("AWSDynamoDB/").stream().filter(it -> it.contains("/data/")))
        .hasSizeGreaterThan(3);
  }

  @Test
  void exportTableToPointInTimeOfAnEmptyTableStoresAnEmptyFile() {
    ExportDescription export = export(_ -> {});
    assertThat(export.itemCount()).isZero();
    assertThat(lines(export)).isEmpty();
    assertThat(objects.names("")).hasSize(6);
  }

  @Test
  void exportTableToPointInTimeHasWhatWasThere() {
    put("a", 1, "then");
    Instant second = nextSecond();
    put("a", 1, "now");
    put("b", 1, "now");
    ExportDescription export = export(it -> it.exportTime(second));
    assertThat(export.exportTime()).isEqualTo(second);
    assertThat(lines(export)).singleElement().asString().contains("then");
  }

  /// The beginning of a second that what was written before is not in.
  private static Instant nextSecond() {
    long begin = Instant.now().getEpochSecond();
    while (Instant.now().getEpochSecond() == begin) {
      Thread.onSpinWait();
    }
    return Instant.ofEpochSecond(begin + 1);
  }

  @Test
  void exportTableToPointInTimeWritesIon() {
    client.putItem(it ->
        it.tableName(table)
            .item(
                Map.of(
                    "p", s("a\"b"),
                    "s", n("600"),
                    "a b", n("8.50"),
                    "set", AttributeValue.fromSs(List.of("x")))));
    ExportDescription export = export(it -> it.exportFormat(ExportFormat.ION));
    assertThat(lines(export))
        .singleElement()
        .asString()
        .startsWith("$ion_1_0 {Item:{")
        .contains("p:\"a\\\"b\"", "s:6d2", "'a b':8.5", "set:$dynamodb_SS::[\"x\"]");
  }

  @Test
  void exportTableToPointInTimeEncryptsWhereThatIsWanted() {
    put("a", 1, "x");
    ExportDescription export = export(it -> it.s3SseAlgorithm(S3SseAlgorithm.AES256));
    assertThat(export.s3SseAlgorithm()).isEqualTo(S3SseAlgorithm.AES256);
    assertThat(objects.names("")).allMatch(objects::encrypted);
  }

  @Test
  void exportTableToPointInTimeDoesWhatHasOneTokenOnce() {
    put("a", 1, "x");
    ExportDescription first = export(it -> it.clientToken("one-" + table));
    put("b", 1, "x");
    ExportDescription again = export(it -> it.clientToken("one-" + table));
    assertThat(again).isEqualTo(first);
    assertThatThrownBy(() -> begin(it -> it.clientToken("one-" + table).s3Prefix("other")))
        .isInstanceOf(ExportConflictException.class)
        .hasMessageContaining("Duplicate request detected");
  }

  @Test
  void exportTableToPointInTimeFailsWhereThereIsNoBucket() {
    ExportDescription export = ended(begin(it -> it.s3Bucket("nowhere")));
    assertThat(export.exportStatus()).isEqualTo(ExportStatus.FAILED);
    assertThat(export.failureCode()).isEqualTo("S3NoSuchBucket");
    assertThat(export.failureMessage()).isEqualTo("The specified bucket does not exist");
  }

  @Test
  void exportTableToPointInTimeFailsWhereThePolicyForbidsIt() {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
          "Action": "s3:PutObject", "Resource": "arn:aws:s3:::%s/*"}]}\
        """
            .formatted(table);
    objects.policy(policy);
    ExportDescription export = ended(begin(_ -> {}));
    assertThat(export.failureCode()).isEqualTo("S3AccessDenied");
    assertThat(objects.names("")).isEmpty();
  }

  @Test
  void exportTableToPointInTimeFailsInABucketOfSomebodyElse() {
    assertThat(ended(begin(it -> it.s3BucketOwner("000000000000"))).exportStatus())
        .isEqualTo(ExportStatus.COMPLETED);
    assertThat(ended(begin(it -> it.s3BucketOwner("123456789012"))).failureCode())
        .isEqualTo("S3AccessDenied");
  }

  @Test
  void exportTableToPointInTimeRefusesWhatIsNotRecoverable() {
    Instant before = Instant.now().minusSeconds(86_400);
    assertThatThrownBy(() -> begin(it -> it.exportTime(before)))
        .isInstanceOf(InvalidExportTimeException.class)
        .hasMessageContaining("Export Time is invalid");
    String other = table + "-other";
    DynamoTestTables.create(client, other, _ -> {});
    assertThatThrownBy(() -> begin(it -> it.tableArn(arn + "-other")))
        .isInstanceOf(PointInTimeRecoveryUnavailableException.class);
    assertThatThrownBy(() -> begin(it -> it.tableArn(arn + "-none")))
        .isInstanceOf(TableNotFoundException.class)
        .hasMessageContaining("Table not found");
  }

  @Test
  void exportTableToPointInTimeRefusesWhatDoesNotGoTogether() {
    refused(it -> it.s3Bucket(""), "at 's3Bucket' failed");
    refused(it -> it.tableArn(""), "Invalid TableArn");
    refused(
        it -> it.exportFormat("QWERTY"),
        "at 'exportFormat' failed to satisfy constraint: Member must satisfy enum value set:"
            + " [ION, DYNAMODB_JSON]");
    refused(it -> it.exportType(ExportType.INCREMENTAL_EXPORT), "IncrementalExportSpecification");
    refused(
        it -> it.incrementalExportSpecification(window -> window.exportFromTime(Instant.now())),
        "IncrementalExportSpecification");
    Instant now = Instant.now();
    assertThatThrownBy(() ->
            begin(it ->
                it.exportType(ExportType.INCREMENTAL_EXPORT)
                    .incrementalExportSpecification(
                        window -> window.exportFromTime(now.minusSeconds(2)).exportToTime(now))))
        .isInstanceOf(InvalidExportTimeException.class)
        .hasMessageContaining("Difference between export period");
  }

  private void refused(Consumer<ExportTableToPointInTimeRequest.Builder> what, String why) {
    assertThatThrownBy(() -> begin(what))
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            it -> assertThat(it.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
        .hasMessageContaining(why);
  }

  @Test
  void exportTableToPointInTimeIsNotForAKeyThatOnlyReads() {
    try (DynamoDbClient reader = server.clientOf(new AccessKeyLimits("", true, List.of()))) {
      assertThatThrownBy(
              () -> reader.exportTableToPointInTime(it -> it.tableArn(arn).s3Bucket(table)))
          .hasMessageContaining("not for this operation");
      assertThat(reader.listExports(it -> it.tableArn(arn)).exportSummaries()).isEmpty();
    }
  }

  @Test
  void exportTableToPointInTimeGoesOnThoughTheTableIsDeleted() {
    for (int item = 0; item < 60; item++) {
      put("a", item, "x".repeat(150));
    }
    ExportDescription begun = begin(_ -> {});
    client.deleteTable(it -> it.tableName(table));
    assertThat(lines(ended(begun))).hasSize(60);
  }

  @Test
  void describeExportRefusesWhatIsNone() {
    assertThatThrownBy(() -> client.describeExport(it -> it.exportArn(arn)))
        .hasMessageContaining("Invalid Export ARN");
    assertThatThrownBy(() ->
            client.describeExport(it -> it.exportArn(arn + "/export/01234567890123-0badf00d")))
        .isInstanceOf(ExportNotFoundException.class);
    assertThatThrownBy(() ->
            client.describeExport(
                it -> it.exportArn(arn.replace("000000000000", "123456789012") + "/export/x")))
        .hasMessageContaining("Access is denied");
  }

  @Test
  void listExportsGoesByPages() {
    List<String> begun = new ArrayList<>();
    for (int export = 0; export < 3; export++) {
      begun.add(export(_ -> {}).exportArn());
    }
    ListExportsResponse first = client.listExports(it -> it.tableArn(arn).maxResults(2));
    ListExportsResponse second =
        client.listExports(it -> it.tableArn(arn).nextToken(first.nextToken()));
    List<ExportSummary> listed = new ArrayList<>(first.exportSummaries());
    listed.addAll(second.exportSummaries());
    assertThat(first.exportSummaries()).hasSize(2);
    assertThat(second.nextToken()).isNull();
    assertThat(listed)
        .extracting(ExportSummary::exportArn)
        .containsExactlyInAnyOrderElementsOf(begun);
    assertThat(listed).allMatch(it -> it.exportStatus() == ExportStatus.COMPLETED);
    assertThat(client.listExports(_ -> {}).exportSummaries())
        .extracting(ExportSummary::exportArn)
        .containsAll(begun);
    assertThatThrownBy(() -> client.listExports(it -> it.nextToken("none")))
        .hasMessageContaining("Invalid NextToken");
  }
}
