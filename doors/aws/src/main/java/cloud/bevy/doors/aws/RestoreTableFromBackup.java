package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Backup;
import cloud.bevy.services.tables.TableDefinition;
import java.io.IOException;

/// Makes a table that has what a backup holds: its items and indexes, not its tags, its expiry or
/// its protection.
final class RestoreTableFromBackup implements BackupOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure(
          "RestoreTableFromBackupInput",
          RestoreOverrides.TARGET,
          BackupShapes.ARN,
          RestoreOverrides.BILLING,
          RestoreOverrides.THROUGHPUT,
          RestoreOverrides.GLOBAL,
          RestoreOverrides.LOCAL,
          RestoreOverrides.ENCRYPTION);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Backup backup = BackupShapes.find(call);
    TableDefinition target =
        new RestoreOverrides(call.parameters()).of(backup.table().definition());
    RestoreOverrides.answer(
        call,
        call.tables().backups().restore(backup, target),
        DynamoRefusal.backupNotFound(BackupShapes.arn(call, backup)));
  }
}
