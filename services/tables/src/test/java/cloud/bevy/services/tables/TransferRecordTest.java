package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bytes of the records of exports and imports that docs/formats/table.md describes.
final class TransferRecordTest {
  private static final Instant MOMENT = Instant.parse("2026-11-26T10:00:00.123Z");
  private static final String ID = "01764151200123-0a1b2c3d";
  private static final String INCARNATION = "0123456789abcdef0123456789abcdef";
  private static final TableDescription TABLE =
      new TableDescription(
          TableDefinition.of("one", new KeySchema(new KeyAttribute("p", KeyType.S), null)),
          INCARNATION,
          MOMENT);
  private static final String TABLE_RECORD =
      "\"of\":\"one\",\"table\":\"{\\\"version\\\":2,\\\"incarnation\\\":\\\""
          + INCARNATION
          + "\\\",\\\"created\\\":1795687200123,\\\"partition\\\":\\\"S:p\\\","
          + "\\\"protected\\\":false,\\\"indexes\\\":[],\\\"removed\\\":[],\\\"streams\\\":[]}\"";

  private static final Export EXPORT =
      new Export(
          ID,
          new ExportOrder(
              "arn:table/one",
              "token",
              new TransferPlace("bucket", "000000000000", "prefix"),
              new ExportOrder.Form("ION", "KMS", "alias/mine"),
              null,
              new ExportWindow(MOMENT, MOMENT.plusSeconds(900), true)),
          TABLE,
          3,
          9,
          MOMENT,
          MOMENT,
          new TransferEnd(MOMENT.plusSeconds(1), "S3NoSuchBucket", "none"),
          2,
          40);
  private static final String EXPORT_RECORD =
      "{\"version\":\"1\",\"arn\":\"arn:table/one\",\"token\":\"token\",\"bucket\":\"bucket\","
          + "\"bucketOwner\":\"000000000000\",\"prefix\":\"prefix\",\"format\":\"ION\","
          + "\"encryption\":\"KMS\",\"key\":\"alias/mine\","
          + TABLE_RECORD
          + ",\"from\":\"3\",\"blocks\":\"9\",\"moment\":\"1795687200123\","
          + "\"started\":\"1795687200123\",\"ended\":\"1795687201123\","
          + "\"code\":\"S3NoSuchBucket\",\"message\":\"none\",\"items\":\"2\",\"bytes\":\"40\","
          + "\"windowFrom\":\"1795687200123\",\"windowTo\":\"1795688100123\","
          + "\"oldImages\":\"true\"}";

  private static final Import IMPORT =
      new Import(
          ID,
          new ImportOrder(
              "token",
              new TransferPlace("bucket", null, null),
              new ImportOrder.Form("CSV", "GZIP", new ImportOrder.Csv(";", List.of("p", "x"))),
              TABLE.definition()),
          INCARNATION,
          MOMENT,
          null,
          new ImportCounts(5, 1, 60));
  private static final String IMPORT_RECORD =
      "{\"version\":\"1\",\"token\":\"token\",\"bucket\":\"bucket\",\"format\":\"CSV\","
          + "\"compression\":\"GZIP\","
          + TABLE_RECORD
          + ",\"columns\":\"2\",\"delimiter\":\";\",\"column0\":\"p\",\"column1\":\"x\","
          + "\"imported\":\"5\",\"errors\":\"1\",\"bytes\":\"60\"}";

  private static final ExportFile FILE = new ExportFile("a.json.gz", 2, 40, "md5==", "etag");
  private static final String FILE_RECORD =
      "{\"version\":\"1\",\"object\":\"a.json.gz\",\"items\":\"2\",\"bytes\":\"40\","
          + "\"md5\":\"md5==\",\"etag\":\"etag\",\"last\":\"01ff\"}";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void theRecordOfAnExportIsThatOfItsFormat() {
    assertThat(text(ExportRecord.bytes(EXPORT))).isEqualTo(EXPORT_RECORD);
    assertThat(ExportRecord.read(ID, bytes(EXPORT_RECORD))).isEqualTo(EXPORT);
  }

  @Test
  void theRecordOfAFileIsThatOfItsFormat() {
    assertThat(text(ExportRecord.bytes(FILE, new byte[] {1, -1}))).isEqualTo(FILE_RECORD);
    assertThat(ExportRecord.file(bytes(FILE_RECORD))).isEqualTo(FILE);
    assertThat(ExportRecord.last(bytes(FILE_RECORD))).containsExactly(1, -1);
  }

  @Test
  void theRecordOfAnImportIsThatOfItsFormat() {
    assertThat(text(ImportRecord.bytes(IMPORT))).isEqualTo(IMPORT_RECORD);
    assertThat(ImportRecord.read(ID, bytes(IMPORT_RECORD))).isEqualTo(IMPORT);
  }

  @Test
  void howFarAnImportIsIsThatOfItsFormat() {
    ImportPosition position = new ImportPosition("a.json", "etag", 6, 60);
    String record =
        "{\"version\":\"1\",\"object\":\"a.json\",\"etag\":\"etag\",\"records\":\"6\","
            + "\"imported\":\"5\",\"errors\":\"1\",\"bytes\":\"60\"}";
    assertThat(text(ImportRecord.bytes(position, IMPORT.counts()))).isEqualTo(record);
    assertThat(ImportRecord.position(bytes(record))).isEqualTo(position);
    assertThat(ImportRecord.counts(bytes(record))).isEqualTo(IMPORT.counts());
  }

  @Test
  void aRecordOfALaterVersionIsRefused() {
    byte[] later = bytes(FILE_RECORD.replace("\"version\":\"1\"", "\"version\":\"2\""));
    assertThatThrownBy(() -> ExportRecord.file(later)).hasMessageContaining("later version");
  }
}
