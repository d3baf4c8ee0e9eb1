package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.tables.NoSuchTable;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.Tables;

/// The table that a control request is about: `tables/NAME/…`.
final class NamedTable {
  private NamedTable() {}

  static Table find(Cloud cloud, ControlRequest request) throws ControlRefusal {
    String name = request.path().get(1);
    try {
      return Tables.of(cloud).table(name);
    } catch (NoSuchTable none) {
      throw noSuchTable(name);
    }
  }

  static ControlRefusal noSuchTable(String name) {
    return new ControlRefusal(
        404, "there is no table \"" + name + "\"", "aws dynamodb list-tables lists them");
  }
}
