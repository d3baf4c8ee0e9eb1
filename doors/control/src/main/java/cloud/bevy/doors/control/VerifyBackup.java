package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.services.tables.Backup;
import cloud.bevy.services.tables.Backups;
import cloud.bevy.services.tables.Tables;
import java.util.List;
import java.util.Map;

/// `POST backups/ID/verify?cloud=NAME`: reads what a backup of a table holds back from the disk, as
/// [VerifyTable] does: that of a table that was deleted is held by its backups alone.
public final class VerifyBackup implements ControlOperation {
  private final Clouds clouds;

  /// @param clouds whose backups
  public VerifyBackup(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.matches("backups/[^/]+/verify");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Backups backups = Tables.of(lease.cloud()).backups();
      String id = request.path().get(1);
      Backup backup =
          backups
              .find(id)
              .orElseThrow(() ->
                  new ControlRefusal(
                      404,
                      "there is no backup \"" + id + "\"",
                      "aws dynamodb list-backups lists them"));
      Bee bee = backups.bee(backup);
      return CoreFields.report(
          new CoreFields.NamedThing("backup", backup.name()),
          Map.of("tree", CoreFields.entries(bee.verify(backups.version(backup)))),
          List.of(CoreFields.Walk.overAll(bee.core()).fields("items")));
    }
  }
}
