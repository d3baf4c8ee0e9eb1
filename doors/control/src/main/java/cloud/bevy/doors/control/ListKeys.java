package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET keys?cloud=NAME`: a cloud's access keys, without their secrets.
public final class ListKeys implements ControlOperation {
  private final Clouds clouds;

  /// @param clouds whose access keys
  public ListKeys(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("GET") && path.equals("keys");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws ControlRefusal {
    try (Lease lease = NamedCloud.open(clouds, request)) {
      List<AccessKey> keys = lease.cloud().accessKeys();
      return Map.of("keys", keys.stream().map(key -> fields(lease.cloud(), key)).toList());
    }
  }

  static Map<String, Object> fields(Cloud cloud, AccessKey key) {
    AccessKeyLimits limits = key.limits();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("accessKeyId", key.id());
    fields.put("label", key.label());
    fields.put("created", key.created().toString());
    fields.put("user", limits.user());
    fields.put("canonicalUserId", cloud.account(limits.user()).id());
    fields.put("readOnly", limits.readOnly());
    fields.put("prefixes", limits.prefixes());
    return fields;
  }
}
