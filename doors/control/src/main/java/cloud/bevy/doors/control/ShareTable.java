package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.tables.NoSuchTable;
import java.util.Map;

/// `POST tables/NAME/key?cloud=NAME`: the key of the bee that a table is, which may be read from
/// now on by whoever knows it.
public final class ShareTable implements ControlOperation {
  private final Clouds clouds;

  /// @param clouds whose tables
  public ShareTable(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.matches("tables/[^/]+/key");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    String name = request.path().get(1);
    try (Lease lease = NamedCloud.open(clouds, request)) {
      return CoreFields.key(name, NamedTable.find(lease.cloud(), request).share());
    } catch (NoSuchTable deleted) {
      throw NamedTable.noSuchTable(name);
    }
  }
}
