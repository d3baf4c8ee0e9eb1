package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.CloudSummary;
import cloud.bevy.cluster.cloud.Clouds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET clouds?after=NAME`: the machine's clouds by name, a thousand at a time.
public final class ListClouds implements ControlOperation {
  private static final int MOST = 1000;

  private final Clouds clouds;

  /// @param clouds what is listed
  public ListClouds(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.equals("clouds");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) {
    List<CloudSummary> found = clouds.list(request.parameter("after", ""), MOST);
    return Map.of("clouds", found.stream().map(ListClouds::fields).toList());
  }

  static Map<String, Object> fields(CloudSummary cloud) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", cloud.name());
    fields.put("key", cloud.key().toString());
    fields.put("created", cloud.created().toString());
    fields.put("open", cloud.open());
    return fields;
  }
}
