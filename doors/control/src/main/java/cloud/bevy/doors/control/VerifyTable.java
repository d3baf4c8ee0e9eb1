package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.hyper.bee.Bee;
import java.util.List;
import java.util.Map;

/// `POST tables/NAME/verify?cloud=NAME`: reads a table's core back from the disk and checks blocks,
/// tree and signature. Takes as long as that takes.
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
      Bee bee = NamedTable.find(lease.cloud(), request).bee();
      return CoreFields.report(
          new CoreFields.NamedThing("table", request.path().get(1)),
          Map.of("tree", CoreFields.entries(bee)),
          List.of(CoreFields.walk("items", bee.core())));
    }
  }
}
