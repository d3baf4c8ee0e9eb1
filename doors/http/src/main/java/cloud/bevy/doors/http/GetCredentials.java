package cloud.bevy.doors.http;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.Lease;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An access key of a cloud for `bevy env`: always the same one, made at the first call.
record GetCredentials(Machine machine) implements ControlOperation {
  private static final String LABEL = "bevy env";

  @Override
  public String route() {
    return "GET /_bevy/credentials";
  }

  @Override
  public void answer(ControlCall call) throws IOException {
    Optional<Lease> opened = machine.open(call);
    if (opened.isEmpty()) {
      return;
    }
    try (Lease lease = opened.get()) {
      AccessKey key = key(lease.cloud());
      Map<String, String> answer = new LinkedHashMap<>();
      answer.put("accessKeyId", key.id());
      answer.put("secretAccessKey", key.secret());
      call.answer(200, answer);
    }
  }

  private static AccessKey key(Cloud cloud) {
    return cloud.accessKeys().stream()
        .filter(each -> each.label().equals(LABEL))
        .findFirst()
        .orElseGet(() -> cloud.createAccessKey(LABEL));
  }
}
