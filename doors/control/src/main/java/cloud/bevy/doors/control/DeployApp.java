package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.functions.Deployment;
import cloud.bevy.services.functions.Functions;
import java.io.IOException;
import java.util.Map;

/// `POST apps?cloud=NAME` with a bundle: deploys an app, or a new version of it.
public final class DeployApp implements ControlOperation {
  private final Clouds clouds;
  private final Functions functions;
  private final AppAddress address;

  /// @param functions where it is deployed
  /// @param address says where an app can be reached
  public DeployApp(Clouds clouds, Functions functions, AppAddress address) {
    this.clouds = clouds;
    this.functions = functions;
    this.address = address;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.equals("apps");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws IOException, ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      return switch (functions.deploy(lease.cloud(), request.body())) {
        case Deployment.Deployed(var app, var files) -> {
          Map<String, Object> fields = ListApps.fields(lease.cloud(), app, address);
          fields.put("files", files);
          yield fields;
        }
        case Deployment.Refused(String reason) -> throw new ControlRefusal(400, reason, "");
      };
    }
  }
}
