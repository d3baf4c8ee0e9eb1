package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.Backup;
import java.io.IOException;

/// Makes a backup of a table. It is there when this is answered, however large the table is.
final class CreateBackup implements BackupOperation {
  private static final Shape.Structure SHAPE =
      new Shape.Structure("CreateBackupInput", TableAnswer.TABLE_NAME, BackupShapes.NAME);

  @Override
  public Shape.Structure shape() {
    return SHAPE;
  }

  @Override
  public void run(DynamoCall call) throws IOException {
    String table = TableAnswer.name(call.parameters());
    Backup backup = call.tables().backups().create(table, call.parameters().needed("BackupName"));
    call.json().writeStartObject();
    BackupAnswer.writeDetails(call, backup, "AVAILABLE");
    call.json().writeEndObject();
  }
}
