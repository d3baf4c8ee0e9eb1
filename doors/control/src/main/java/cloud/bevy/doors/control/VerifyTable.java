package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.services.tables.Backup;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `POST tables/NAME/verify?cloud=NAME`: reads a table's core back from the disk and checks blocks,
/// tree and signature, and where something is damaged, which backups of it that concerns. Takes as
/// long as that takes.
public final class VerifyTable implements ControlOperation {
  private final Clouds clouds;

  /// @param clouds whose tables
  public VerifyTable(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.matches("tables/[^/]+/verify");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Table table = NamedTable.find(lease.cloud(), request);
      Bee bee = table.bee();
      CoreFields.Walk walk = CoreFields.Walk.overAll(bee.core());
      List<Backup> backups =
          Tables.of(lease.cloud()).backups().of(table.description().incarnation());
      return CoreFields.report(
          new CoreFields.NamedThing("table", request.path().get(1)),
          Map.of(
              "tree", CoreFields.entries(bee.verify()),
              "backups", backups(bee, walk, backups)),
          List.of(walk.fields("items")));
    }
  }

  /// A backup is a version of the table's bee: all are sound where all blocks are.
  private static Map<String, Object> backups(Bee bee, CoreFields.Walk walk, List<Backup> backups) {
    List<String> damages = new ArrayList<>();
    for (Backup backup : walk.sound() ? List.<Backup>of() : backups) {
      String name = "backup " + backup.name() + " (" + backup.id() + "): ";
      bee.verify(backup.version()).problems().forEach(problem -> damages.add(name + problem));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sound", damages.isEmpty());
    fields.put("backups", backups.size());
    fields.put("damages", damages);
    return fields;
  }
}
