package cloud.bevy.doors.aws;

import static cloud.bevy.doors.aws.DynamoTestTables.definitions;
import static cloud.bevy.doors.aws.DynamoTestTables.global;
import static cloud.bevy.doors.aws.DynamoTestTables.keys;
import static cloud.bevy.doors.aws.DynamoTestTables.n;
import static cloud.bevy.doors.aws.DynamoTestTables.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.ImportConflictException;
import software.amazon.awssdk.services.dynamodb.model.ImportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ImportStatus;
import software.amazon.awssdk.services.dynamodb.model.ImportSummary;
import software.amazon.awssdk.services.dynamodb.model.ImportTableDescription;
import software.amazon.awssdk.services.dynamodb.model.ImportTableRequest;
import software.amazon.awssdk.services.dynamodb.model.InputCompressionType;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.ListImportsResponse;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// Imports from a bucket, as the AWS SDK for Java sees them.
final class DynamoImportTest extends DynamoTest {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final String LINE =
      """
      {"Item":{"p":{"S":"%s"},"s":{"N":"%d"}}}
      """;

  private String table;
  private TestObjects objects;

  @BeforeEach
  void create() {
    table = "imported-" + TABLES.incrementAndGet();
    objects = TestObjects.create(server, table);
  }

  private ImportTableDescription begin(Consumer<ImportTableRequest.Builder> more) {
    return client
        .importTable(it -> {
          it.s3BucketSource(source -> source.s3Bucket(table).s3KeyPrefix("in/"))
              .inputFormat(InputFormat.DYNAMODB_JSON)
              .tableCreationParameters(made ->
                  made.tableName(table)
                      .billingMode(BillingMode.PAY_PER_REQUEST)
                      .keySchema(keys("p", "s"))
                      .attributeDefinitions(definitions("p", "s")));
          more.accept(it);
        })
        .importTableDescription();
  }

  private ImportTableDescription ended(ImportTableDescription begun) {
    ImportTableDescription task = begun;
    while (task.importStatus() == ImportStatus.IN_PROGRESS) {
      task = client.describeImport(it -> it.importArn(begun.importArn())).importTableDescription();
    }
    return task;
  }

  private ImportTableDescription imported(Consumer<ImportTableRequest.Builder> more) {
    ImportTableDescription ended = ended(begin(more));
    assertThat(ended.failureMessage()).isNull();
    assertThat(ended.importStatus()).isEqualTo(ImportStatus.COMPLETED);
    return ended;
  }

  private List<Map<String, AttributeValue>> items(String name) {
    return client.scan(it -> it.tableName(name)).items();
  }

  private Map<String, AttributeValue> item(String p, int s) {
    return client.getItem(it -> it.tableName(table).key(Map.of("p", s(p), "s", n(s)))).item();
  }

  @Test
  void importTableMakesATableOfFiles() {
    String first = LINE.formatted("a", 1) + "\n   \n" + LINE.formatted("a", 2);
    objects.put("in/1.json", first);
    objects.put("in/2.json", LINE.formatted("a", 1).strip());
    objects.put("in/3.json", "");
    objects.put("elsewhere/1.json", LINE.formatted("z", 1));
    ImportTableDescription begun = begin(_ -> {});
    assertThat(begun.importStatus()).isEqualTo(ImportStatus.IN_PROGRESS);
    assertThat(begun.importArn()).startsWith(begun.tableArn() + "/import/");
    assertThat(begun.endTime()).isNull();
    assertThat(begun.processedSizeBytes()).isNull();
    ImportTableDescription ended = ended(begun);
    assertThat(ended.importStatus()).isEqualTo(ImportStatus.COMPLETED);
    assertThat(ended.processedItemCount()).isEqualTo(3);
    assertThat(ended.importedItemCount()).isEqualTo(3);
    assertThat(ended.errorCount()).isZero();
    assertThat(ended.processedSizeBytes())
        .isEqualTo(first.length() + LINE.formatted("a", 1).strip().length());
    assertThat(ended.tableCreationParameters()).isEqualTo(begun.tableCreationParameters());
    assertThat(ended.tableId()).isEqualTo(begun.tableId());
    assertThat(items(table)).hasSize(2);
    var described = client.describeTable(it -> it.tableName(table)).table();
    assertThat(described.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(described.tableId()).isEqualTo(begun.tableId());
  }

  @Test
  void importTableUnpacksFiles() {
    String lines = LINE.formatted("a", 1).repeat(2) + LINE.formatted("b", 1);
    objects.put("in/1.json.gz", TestObjects.compressed(lines));
    ImportTableDescription ended =
        imported(it -> it.inputCompressionType(InputCompressionType.GZIP));
    assertThat(ended.importedItemCount()).isEqualTo(3);
    assertThat(ended.processedSizeBytes()).isEqualTo(lines.length());
    assertThat(items(table)).hasSize(2);
  }

  @Test
  void importTableTakesWhatWasExported() {
    takesWhatWasExported("DYNAMODB_JSON");
  }

  @Test
  void importTableTakesWhatWasExportedAsIon() {
    takesWhatWasExported("ION");
  }

  private void takesWhatWasExported(String format) {
    String source = table + "-source";
    DynamoTestTables.create(client, source, _ -> {});
    client.updateContinuousBackups(it ->
        it.tableName(source)
            .pointInTimeRecoverySpecification(point -> point.pointInTimeRecoveryEnabled(true)));
    for (Map<String, AttributeValue> item : everyType()) {
      client.putItem(it -> it.tableName(source).item(item));
    }
    String arn = client.describeTable(it -> it.tableName(source)).table().tableArn();
    ExportDescription begun =
        client
            .exportTableToPointInTime(
                it -> it.tableArn(arn).s3Bucket(table).s3Prefix("in").exportFormat(format))
            .exportDescription();
    ExportStatus status = begun.exportStatus();
    while (status == ExportStatus.IN_PROGRESS) {
      status =
          client
              .describeExport(it -> it.exportArn(begun.exportArn()))
              .exportDescription()
              .exportStatus();
    }
    ImportTableDescription ended =
        imported(it -> it.inputFormat(format).inputCompressionType(InputCompressionType.GZIP));
    assertThat(ended.importedItemCount()).isEqualTo(everyType().size());
    assertThat(items(table)).containsExactlyInAnyOrderElementsOf(items(source));
  }

  @Test
  void importTableTakesIonAndZstandard() {
    objects.put("in/1", UnzstdTest.FILE);
    ImportTableDescription ended =
        imported(it -> it.inputCompressionType(InputCompressionType.ZSTD));
    assertThat(ended.importedItemCount()).isEqualTo(1);
    assertThat(ended.processedSizeBytes()).isEqualTo(UnzstdTest.LINE.length());
    assertThat(item("a", 1)).hasSize(2);
    table += "-ion";
    objects = TestObjects.create(server, table);
    objects.put("in/1", "$ion_1_0 {Item:{p:\"a\",s:1.}}\n$ion_1_0 {Item:{p:\"a\",s:2.5,d:1e0}}\n");
    objects.put("in/2", "$ion_1_0 {Item:{p:\"a\",s:3.,t:$dynamodb_NS::[1.,2.]}}\n");
    ImportTableDescription ion = ended(begin(it -> it.inputFormat(InputFormat.ION)));
    assertThat(ion.errorCount()).isEqualTo(1);
    assertThat(ion.importedItemCount()).isEqualTo(2);
    assertThat(item("a", 3).get("t").ns()).containsExactlyInAnyOrder("1", "2");
  }

  private static List<Map<String, AttributeValue>> everyType() {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    List<AttributeValue> values =
        List.of(
            s(""),
            s("zażółć 日本語 🦑 \"\\\n\t\u0001"),
            n("0"),
            n("-17.5"),
            n("1".repeat(38)),
            n("1E-130"),
            n("9.9999999999999999999999999999999999999E+125"),
            AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, 1, -2, -1})),
            AttributeValue.fromB(SdkBytes.fromByteArray(new byte[0])),
            AttributeValue.fromBool(true),
            AttributeValue.fromBool(false),
            AttributeValue.fromNul(true),
            AttributeValue.fromSs(List.of("a", "b")),
            AttributeValue.fromNs(List.of("1", "-2", "3.5")),
            AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("b"))),
            AttributeValue.fromL(
                List.of(s("x"), AttributeValue.fromL(List.of()), AttributeValue.fromM(Map.of()))),
            AttributeValue.fromM(Map.of("a.b", n(1), "m", AttributeValue.fromM(Map.of()))),
            s("y".repeat(380_000)));
    for (int value = 0; value < values.size(); value++) {
      items.add(Map.of("p", s("type"), "s", n(value), "v", values.get(value)));
    }
    return items;
  }

  @Test
  void importTableReadsCommaSeparatedValues() {
    objects.put("in/1.csv", "p,s,g,n,t\r\na,1,x,5,\"one, \"\"two\"\"\nthree\"\r\nb,2,,,four\n");
    ImportTableDescription ended =
        imported(it ->
            it.inputFormat(InputFormat.CSV)
                .tableCreationParameters(made ->
                    made.tableName(table)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(keys("p", "s"))
                        .attributeDefinitions(definitions("p", "s", "g", "n"))
                        .globalSecondaryIndexes(
                            global(
                                "by-g",
                                Projection.builder().projectionType(ProjectionType.ALL).build()))));
    assertThat(ended.importedItemCount()).isEqualTo(2);
    assertThat(item("a", 1))
        .isEqualTo(
            Map.of("p", s("a"), "s", n(1), "g", s("x"), "n", n(5), "t", s("one, \"two\"\nthree")));
    assertThat(item("b", 2)).isEqualTo(Map.of("p", s("b"), "s", n(2), "t", s("four")));
    assertThat(client.scan(it -> it.tableName(table).indexName("by-g")).items())
        .containsExactly(item("a", 1));
  }

  @Test
  void importTableTakesHeaderAndDelimiterFromTheRequest() {
    objects.put("in/1.csv", "a;1;x\nb;2;y,z\n");
    imported(it ->
        it.inputFormat(InputFormat.CSV)
            .inputFormatOptions(
                options -> options.csv(csv -> csv.delimiter(";").headerList("p", "s", "t"))));
    assertThat(item("b", 2)).isEqualTo(Map.of("p", s("b"), "s", n(2), "t", s("y,z")));
  }

  @Test
  void importTableKeepsWhatIsGoodAndCountsTheRest() {
    objects.put("in/00000", LINE.formatted("good", 1) + LINE.formatted("good", 2));
    List<String> bad =
        List.of(
            "{\"NotAnItem\": {\"p\": {\"S\": \"x\"}}}",
            "{\"Item\": {\"s\": {\"N\": \"1\"}}}",
            "{\"Item\": {\"p\": {\"S\": \"x\"}}}",
            "{\"Item\": {\"p\": {\"S\": \"x\"}, \"s\": {\"S\": \"1\"}}}",
            "{\"Item\": ",
            "{\"Item\": {\"p\": {\"S\": \"x\"}, \"s\": {\"N\": \"1\"}, \"\": {\"S\": \"v\"}}}",
            "[".repeat(1000),
            "x".repeat(JsonLines.MOST_BYTES + 1));
    for (int file = 0; file < bad.size(); file++) {
      objects.put("in/0000" + (file + 1), bad.get(file) + "\n");
    }
    ImportTableDescription ended = ended(begin(_ -> {}));
    assertThat(ended.importStatus()).isEqualTo(ImportStatus.FAILED);
    assertThat(ended.failureCode()).isEqualTo("ItemValidationError");
    assertThat(ended.importedItemCount()).isEqualTo(2);
    assertThat(ended.errorCount()).isEqualTo(bad.size());
    assertThat(ended.processedItemCount()).isEqualTo(2 + bad.size());
    assertThat(items(table)).hasSize(2);
  }

  @Test
  void importTableReadsNoFurtherBehindALineThatIsNoItem() {
    String key = "{\"Item\": {\"s\": {\"N\": \"1\"}}}\n";
    objects.put("in/1", LINE.formatted("a", 1) + key + LINE.formatted("a", 2) + "none\n" + key);
    objects.put("in/2", TestObjects.compressed(LINE.formatted("b", 1)));
    objects.put("in/3", LINE.formatted("c", 1));
    ImportTableDescription ended = ended(begin(_ -> {}));
    assertThat(ended.importedItemCount()).isEqualTo(3);
    assertThat(ended.errorCount()).isEqualTo(3);
  }

  @Test
  void importTableCountsFilesThatAreNotCompressed() {
    objects.put("in/1", "no gzip at all");
    byte[] whole = TestObjects.compressed(LINE.formatted("a", 1).repeat(1000));
    objects.put("in/2", Arrays.copyOf(whole, whole.length / 2));
    ImportTableDescription ended =
        ended(begin(it -> it.inputCompressionType(InputCompressionType.GZIP)));
    assertThat(ended.failureCode()).isEqualTo("ItemValidationError");
    assertThat(ended.errorCount()).isEqualTo(2);
  }

  @Test
  void importTableOfNothingMakesAnEmptyTable() {
    ImportTableDescription ended = imported(_ -> {});
    assertThat(ended.processedItemCount()).isZero();
    assertThat(items(table)).isEmpty();
  }

  @Test
  void importTableLeavesNoTableWhereThereIsNoBucket() {
    ImportTableDescription ended =
        ended(begin(it -> it.s3BucketSource(source -> source.s3Bucket("nowhere"))));
    assertThat(ended.importStatus()).isEqualTo(ImportStatus.FAILED);
    assertThat(ended.failureCode()).isEqualTo("S3NoSuchBucket");
    assertThatThrownBy(() -> client.describeTable(it -> it.tableName(table)))
        .isInstanceOf(ResourceNotFoundException.class);
    DynamoTestTables.create(client, table, _ -> {});
    assertThat(items(table)).isEmpty();
  }

  @Test
  void importTableNeedsANewTable() {
    DynamoTestTables.create(client, table, _ -> {});
    assertThatThrownBy(() -> begin(_ -> {}))
        .isInstanceOf(ResourceInUseException.class)
        .hasMessageContaining("Table already exists");
  }

  @Test
  void importTableDoesWhatHasOneTokenOnce() {
    Consumer<ImportTableRequest.Builder> request =
        it -> it.clientToken("one-" + table).s3BucketSource(source -> source.s3Bucket("nowhere"));
    ImportTableDescription first = begin(request);
    assertThat(begin(request).importArn()).isEqualTo(first.importArn());
    assertThat(begin(it -> it.clientToken("one-" + table)).importArn())
        .as("only another table is another request")
        .isEqualTo(first.importArn());
    assertThatThrownBy(() ->
            begin(it ->
                it.clientToken("one-" + table)
                    .tableCreationParameters(made ->
                        made.tableName(table + "-other")
                            .billingMode(BillingMode.PAY_PER_REQUEST)
                            .keySchema(keys("p", "s"))
                            .attributeDefinitions(definitions("p", "s")))))
        .isInstanceOf(ImportConflictException.class)
        .hasMessageContaining("Duplicate request");
  }

  @Test
  void importTableRefusesWhatItCannotRead() {
    refused(it -> it.inputFormat("NOT_A_FORMAT"), "at 'inputFormat' failed");
    refused(it -> it.inputCompressionType("BZIP2"), "at 'inputCompressionType' failed");
    refused(
        it -> it.inputFormatOptions(options -> options.csv(csv -> csv.delimiter(","))),
        "InputFormatOptions");
    refused(it -> it.s3BucketSource(source -> source.s3Bucket("-nope!")), "s3Bucket' failed");
    refused(it -> it.clientToken("has$dollar"), "at 'clientToken' failed");
    refused(
        it ->
            it.tableCreationParameters(made ->
                made.tableName("not a table name!")
                    .keySchema(keys("p", "s"))
                    .attributeDefinitions(definitions("p", "s"))),
        "at 'tableName' failed");
  }

  private void refused(Consumer<ImportTableRequest.Builder> what, String why) {
    assertThatThrownBy(() -> begin(what)).hasMessageContaining(why);
  }

  @Test
  void importTableIsNotForAKeyThatOnlyReads() {
    try (DynamoDbClient reader = server.clientOf(new AccessKeyLimits("", true, List.of()))) {
      assertThatThrownBy(() ->
              reader.importTable(it ->
                  it.s3BucketSource(source -> source.s3Bucket(table))
                      .inputFormat(InputFormat.CSV)
                      .tableCreationParameters(made ->
                          made.tableName(table)
                              .keySchema(keys("p", "s"))
                              .attributeDefinitions(definitions("p", "s")))))
          .hasMessageContaining("not for this operation");
      assertThat(reader.listImports(_ -> {}).importSummaryList())
          .noneMatch(it -> it.tableArn().endsWith("/" + table));
    }
  }

  @Test
  void describeImportRefusesWhatIsNone() {
    String arn = imported(_ -> {}).tableArn();
    assertThatThrownBy(() ->
            client.describeImport(it -> it.importArn(arn + "/import/01234567890123-0badf00d")))
        .isInstanceOf(ImportNotFoundException.class);
    assertThatThrownBy(() ->
            client.describeImport(
                it -> it.importArn(arn.replace(table, "x") + "/import/01658528578619-c4d4e311")))
        .hasMessageContaining("Invalid Import ARN");
  }

  @Test
  void listImportsGoesByPages() {
    List<String> begun = new ArrayList<>();
    for (int number = 0; number < 2; number++) {
      String name = table + "-" + number;
      begun.add(
          imported(it ->
                  it.tableCreationParameters(made ->
                      made.tableName(name)
                          .billingMode(BillingMode.PAY_PER_REQUEST)
                          .keySchema(keys("p", "s"))
                          .attributeDefinitions(definitions("p", "s"))))
              .importArn());
    }
    List<ImportSummary> listed = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      ListImportsResponse page = client.listImports(it -> it.pageSize(1).nextToken(next));
      assertThat(page.importSummaryList()).hasSizeLessThanOrEqualTo(1);
      listed.addAll(page.importSummaryList());
      token = page.nextToken();
    } while (token != null);
    assertThat(listed)
        .extracting(ImportSummary::importArn)
        .doesNotHaveDuplicates()
        .containsAll(begun);
    String first = begun.getFirst();
    assertThat(
            client
                .listImports(it -> it.tableArn(first.substring(0, first.indexOf("/import/"))))
                .importSummaryList())
        .singleElement()
        .satisfies(it -> assertThat(it.importArn()).isEqualTo(first))
        .satisfies(it -> assertThat(it.inputFormat()).isEqualTo(InputFormat.DYNAMODB_JSON))
        .satisfies(it -> assertThat(it.endTime()).isNotNull());
    assertThatThrownBy(() -> client.listImports(it -> it.nextToken("0".repeat(112))))
        .hasMessageContaining("Invalid NextToken");
  }
}
