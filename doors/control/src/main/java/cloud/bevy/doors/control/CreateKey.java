package cloud.bevy.doors.control;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.BucketName;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `POST keys?cloud=NAME` with `{"label":…,"user":…,"readOnly":…,"prefixes":[…]}`, all of which may
/// be left out: makes an access key. Its secret is in the answer and is never said again.
public final class CreateKey implements ControlOperation {
  private static final int LONGEST_REQUEST = 256 << 10;
  private static final int MOST_PREFIXES = 100;
  private static final int BAD_REQUEST = 400;

  private final Clouds clouds;

  /// @param clouds whose access keys
  public CreateKey(Clouds clouds) {
    this.clouds = clouds;
  }

  @Override
  public boolean answers(String method, String path) {
    return method.equals("POST") && path.equals("keys");
  }

  @Override
  public Map<String, Object> answer(ControlRequest request) throws IOException, ControlRefusal {
    Map<String, Object> asked = read(request);
    String label = text(asked, "label");
    AccessKeyLimits limits =
        new AccessKeyLimits(
            user(text(asked, "user")),
            Boolean.TRUE.equals(asked.get("readOnly")),
            prefixes(asked.getOrDefault("prefixes", List.of())));
    try (Lease lease = NamedCloud.open(clouds, request)) {
      AccessKey key = lease.cloud().createAccessKey(label, limits);
      Map<String, Object> fields = ListKeys.fields(lease.cloud(), key);
      fields.put("secretAccessKey", key.secret());
      return fields;
    }
  }

  private static Map<String, Object> read(ControlRequest request)
      throws IOException, ControlRefusal {
    byte[] bytes = request.body().readNBytes(LONGEST_REQUEST + 1);
    if (bytes.length > LONGEST_REQUEST) {
      throw new ControlRefusal(BAD_REQUEST, "the request is too long", "");
    }
    try {
      return bytes.length == 0 ? Map.of() : JSON.std.mapFrom(bytes);
    } catch (IOException malformed) {
      throw new ControlRefusal(BAD_REQUEST, "the request is no JSON object", "");
    }
  }

  private static String text(Map<String, Object> asked, String name) {
    return asked.get(name) instanceof String text ? text : "";
  }

  private static String user(String name) throws ControlRefusal {
    if (!name.isEmpty() && !Account.isName(name)) {
      throw new ControlRefusal(
          BAD_REQUEST,
          "\"" + name + "\" cannot be a user's name",
          "use 1 to 64 letters, digits and + = , . @ _ -");
    }
    return name;
  }

  private static List<String> prefixes(Object given) throws ControlRefusal {
    List<String> prefixes = new ArrayList<>();
    if (given instanceof List<?> list) {
      for (Object each : list) {
        prefixes.add(prefix(String.valueOf(each)));
      }
    }
    if (prefixes.size() > MOST_PREFIXES) {
      throw new ControlRefusal(
          BAD_REQUEST, "a key is for at most " + MOST_PREFIXES + " prefixes", "make several keys");
    }
    return prefixes;
  }

  private static String prefix(String text) throws ControlRefusal {
    int slash = text.indexOf('/');
    String bucket = slash < 0 ? text : text.substring(0, slash);
    if (BucketName.of(bucket).isEmpty()) {
      throw new ControlRefusal(
          BAD_REQUEST,
          "\"" + text + "\" does not begin with a bucket's name",
          "write BUCKET or BUCKET/PREFIX");
    }
    return text;
  }
}
