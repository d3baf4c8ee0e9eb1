package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET credentials?cloud=NAME`: an access key of a cloud, made where it has none yet.
public final class ShowCredentials implements ControlOperation {
  private static final String LABEL = "bevy env";

  private final Clouds clouds;

  /// @param clouds whose access keys
  public ShowCredentials(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.equals("credentials");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      AccessKey key = keyOf(lease.cloud());
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("accessKeyId", key.id());
      fields.put("secretAccessKey", key.secret());
      return fields;
    }
  }

  private static AccessKey keyOf(Cloud cloud) {
    List<AccessKey> keys = cloud.accessKeys();
    return keys.stream()
        .filter(key -> key.label().equals(LABEL) && key.limits().equals(AccessKeyLimits.NONE))
        .findFirst()
        .orElseGet(() -> cloud.createAccessKey(LABEL));
  }
}
