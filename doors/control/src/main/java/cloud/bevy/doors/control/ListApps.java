package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.functions.App;
import cloud.bevy.services.functions.Functions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET apps?cloud=NAME`: the apps of a cloud, by name.
public final class ListApps implements ControlOperation {
  private final Clouds clouds;
  private final Functions functions;
  private final AppAddress address;

  /// @param functions what is listed
  /// @param address says where an app can be reached
  public ListApps(Clouds clouds, Functions functions, AppAddress address) {
    this.clouds = clouds;
    this.functions = functions;
    this.address = address;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.equals("apps");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      Cloud cloud = lease.cloud();
      List<Map<String, Object>> apps =
          functions.list(cloud).stream().map(app -> fields(cloud, app, address)).toList();
      return Map.of("apps", apps);
    }
  }

  static Map<String, Object> fields(Cloud cloud, App app, AppAddress address) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", app.name());
    fields.put("url", address.of(cloud.name(), app.name()));
    fields.put("deployed", app.deployedAt().toString());
    return fields;
  }
}
