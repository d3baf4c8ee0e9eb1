package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.functions.Functions;
import java.io.IOException;
import java.util.Map;

/// `DELETE apps/NAME?cloud=NAME`: takes an app away; its tables and buckets stay.
public final class RemoveApp implements ControlOperation {
  private static final String PATH = "apps/";

  private final Clouds clouds;
  private final Functions functions;

  /// @param functions where it is removed
  public RemoveApp(Clouds clouds, Functions functions) {
    this.clouds = clouds;
    this.functions = functions;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("DELETE") && path.startsWith(PATH);
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws IOException, ControlRefusal {
    String name = request.path().getLast();
    try (Lease lease = NamedCloud.open(clouds, request)) {
      if (!functions.remove(lease.cloud(), name)) {
        throw noSuchApp(name);
      }
      return Map.of("removed", name);
    }
  }

  static ControlRefusal noSuchApp(String name) {
    return new ControlRefusal(404, "there is no app \"" + name + "\"", "bevy apps lists them");
  }
}
