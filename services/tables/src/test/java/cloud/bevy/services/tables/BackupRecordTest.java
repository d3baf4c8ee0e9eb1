package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The bytes of the records that docs/formats/table.md describes.
final class BackupRecordTest {
  private static final Instant MOMENT = Instant.parse("2026-11-26T10:00:00.123Z");
  private static final TableDescription TABLE =
      new TableDescription(
              TableDefinition.of("one", new KeySchema(new KeyAttribute("p", KeyType.S), null)),
              "0123456789abcdef0123456789abcdef",
              MOMENT)
          .with(new Recovery(MOMENT, 7))
          .with(
              new Restoration(
                  "ff".repeat(16), "zero", 42, MOMENT, "01764151200123-0a1b2c3d", true));
  private static final String TABLE_RECORD =
      "{\"version\":2,\"incarnation\":\"0123456789abcdef0123456789abcdef\","
          + "\"created\":1795687200123,\"partition\":\"S:p\",\"protected\":false,"
          + "\"indexes\":[],\"removed\":[],\"streams\":[],"
          + "\"recoverySince\":1795687200123,\"recoveryDays\":7,"
          + "\"restoredFrom\":\"ffffffffffffffffffffffffffffffff\",\"restoredTable\":\"zero\","
          + "\"restoredVersion\":42,\"restoredMoment\":1795687200123,"
          + "\"restoredBackup\":\"01764151200123-0a1b2c3d\",\"restored\":true}";
  private static final String BACKUP_RECORD =
      "{\"version\":1,\"name\":\"first\",\"kind\":\"SYSTEM\",\"created\":1795687200123,"
          + "\"expires\":1795687201123,\"blocks\":9,\"items\":3,\"bytes\":99,\"of\":\"one\","
          + "\"table\":"
          + TABLE_RECORD
          + "}";
  private static final Backup BACKUP =
      new Backup(
          "01764151200123-0a1b2c3d",
          "first",
          Backup.Kind.SYSTEM,
          MOMENT,
          MOMENT.plusSeconds(1),
          TABLE,
          9,
          new TableStatistics(3, 99));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theRecordsOfATableAndABackupAreAsDescribed() {
    assertThat(TableRecord.bytes(TABLE)).asString().isEqualTo(TABLE_RECORD);
    assertThat(BackupRecord.bytes(BACKUP)).asString().isEqualTo(BACKUP_RECORD);
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(TableRecord.read("one", bytes(TABLE_RECORD))).isEqualTo(TABLE);
    assertThat(BackupRecord.read(BACKUP.id(), bytes(BACKUP_RECORD))).isEqualTo(BACKUP);
  }

  @Test
  void aMemberThatIsNotKnownIsPassedOverAndALaterVersionRefused() {
    String more = BACKUP_RECORD.replace("\"name\":", "\"new\":{\"a\":[1]},\"name\":");
    assertThat(BackupRecord.read(BACKUP.id(), bytes(more))).isEqualTo(BACKUP);
    String later = BACKUP_RECORD.replace("{\"version\":1,", "{\"version\":2,");
    assertThatThrownBy(() -> BackupRecord.read(BACKUP.id(), bytes(later)))
        .hasMessageContaining("later version");
  }
}
