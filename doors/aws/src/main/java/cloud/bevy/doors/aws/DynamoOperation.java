package cloud.bevy.doors.aws;

import java.io.IOException;

/// One operation of the DynamoDB API.
interface DynamoOperation {
  /// What its requests look like.
  Shape.Structure shape();

  /// Carries a request out and writes the answer, one JSON object, when nothing can go wrong any
  /// more.
  ///
  /// @throws DynamoRefusal if the request is not carried out
  /// @throws cloud.bevy.services.tables.InvalidRequest if it breaks a rule of tables
  /// @throws cloud.bevy.services.tables.NoSuchTable if it is about a table that does not exist
  void run(DynamoCall call) throws IOException;

  /// Whether the operation is about tables rather than items: that decides how it says that there
  /// is no such table.
  default boolean aboutTables() {
    return false;
  }

  /// How it says that there is no such table.
  default DynamoRefusal noTable(String table) {
    return aboutTables() ? DynamoRefusal.noTable(table) : DynamoRefusal.noResource();
  }

  /// How it says that a table is still being made.
  default DynamoRefusal busy(String table) {
    return DynamoRefusal.beingCreated(table);
  }
}
