package cloud.bevy.doors.aws;

/// An operation on backups of tables: it has words of its own for tables that are not there.
interface BackupOperation extends DynamoOperation {
  @Override
  default DynamoRefusal noTable(String table) {
    return DynamoRefusal.tableNotFound(table);
  }

  @Override
  default DynamoRefusal busy(String table) {
    return DynamoRefusal.tableInUse(table);
  }
}
