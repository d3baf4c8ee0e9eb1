package cloud.bevy.services.tables;

import java.time.Instant;

/// What a table is.
///
/// @param definition what it was created as, and changed to
/// @param incarnation 32 hexadecimal digits that no other table has, of this name or another
/// @param created when it was created, to the millisecond
public record TableDescription(TableDefinition definition, String incarnation, Instant created) {
  /// The name of the table.
  public String name() {
    return definition.name();
  }

  /// The name of the bee that holds the items.
  String bee() {
    return bee(incarnation);
  }

  static String bee(String incarnation) {
    return "table/" + incarnation;
  }

  TableDescription with(TableDefinition next) {
    return new TableDescription(next, incarnation, created);
  }
}
