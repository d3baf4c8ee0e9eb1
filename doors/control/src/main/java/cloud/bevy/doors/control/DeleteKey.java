package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import java.util.Map;

/// `DELETE keys/ID?cloud=NAME`: takes an access key away.
public final class DeleteKey implements ControlOperation {
  private static final String PATH = "keys/";

  private final Clouds clouds;

  /// @param clouds whose access keys
  public DeleteKey(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("DELETE") && path.startsWith(PATH);
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    String id = request.path().getLast();
    try (Lease lease = NamedCloud.open(clouds, request)) {
      if (!lease.cloud().removeAccessKey(id)) {
        throw new ControlRefusal(
            404, "there is no access key \"" + id + "\"", "bevy key list lists them");
      }
      return Map.of("removed", id);
    }
  }
}
