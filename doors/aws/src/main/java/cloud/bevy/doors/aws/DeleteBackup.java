package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Backup;
import cloud.bevy.services.tables.BackupDeletion;
import java.io.IOException;

/// Deletes a backup. What only it held is gone.
final class DeleteBackup implements BackupOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("DeleteBackupInput", BackupShapes.ARN);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    Backup backup = BackupShapes.find(call);
    switch (call.tables().backups().delete(backup.id())) {
      case BackupDeletion.Deleted(Backup deleted) -> BackupAnswer.write(call, deleted, "DELETED");
      case BackupDeletion.InUse(Backup used) ->
          throw DynamoRefusal.backupInUse(BackupShapes.arn(call, used));
      case BackupDeletion.Missing _ ->
          throw DynamoRefusal.backupNotFound(call.parameters().needed("BackupArn"));
    }
  }
}
