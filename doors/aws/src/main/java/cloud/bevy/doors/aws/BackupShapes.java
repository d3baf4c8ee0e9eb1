package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Backup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What requests say of backups.
final class BackupShapes {
  static final Shape.Member ARN =
      Shape.text(
          "BackupArn",
          new Constraint.NotNull(),
          new Constraint.Shortest(37),
          new Constraint.Longest(1024));

  static final Shape.Member NAME =
      Shape.text(
          "BackupName",
          new Constraint.NotNull(),
          new Constraint.Shortest(3),
          new Constraint.Longest(ItemShapes.LONGEST_NAME),
          new Constraint.Matches(ItemShapes.NAME_PATTERN));

  private static final String OF_TABLE = "/backup/";
  private static final long LAST_SECOND = 253_402_300_799L;

  private BackupShapes() {}

  /// The ARN of a backup.
  static String arn(DynamoCall call, Backup backup) {
    return arn(call, backup.table().name(), backup.id());
  }

  /// The ARN of a backup of a table.
  static String arn(DynamoCall call, String table, String id) {
    return call.origin().arn(table) + OF_TABLE + id;
  }

  /// The id in an ARN; empty where it has none.
  static String id(String arn) {
    int at = arn.lastIndexOf(OF_TABLE);
    return at < 0 ? "" : arn.substring(at + OF_TABLE.length());
  }

  /// The backup that a request names.
  ///
  /// @throws DynamoRefusal if there is none
  static Backup find(DynamoCall call) {
    String arn = call.parameters().needed("BackupArn");
    return call.tables()
        .backups()
        .find(id(arn))
        .filter(backup -> arn.endsWith("table/" + backup.table().name() + OF_TABLE + backup.id()))
        .orElseThrow(() -> DynamoRefusal.backupNotFound(arn));
  }

  /// A moment in seconds since 1970; null if it is not there.
  static @Nullable Instant moment(Parameters parameters, String name) {
    Long seconds = parameters.whole(name);
    return seconds == null
        ? null
        : Instant.ofEpochSecond(Math.clamp(seconds, -LAST_SECOND, LAST_SECOND));
  }
}
