package cloud.bevy.services.buckets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a bucket's accesses are logged.
///
/// @param target the name of the bucket that log objects are put into
/// @param prefix what their keys begin with
/// @param keys what their keys are behind that; nothing where it was not said, which is `SIMPLE`
/// @param grants who may do what with them beside the target's owner
public record AccessLogging(
    BucketName target, String prefix, Optional<Keys> keys, List<Grant> grants) {
  private static final String KEYS = "keys";
  private static final String GRANTS = "grants";

  /// Copies the list.
  public AccessLogging {
    grants = List.copyOf(grants);
  }

  /// What the keys of log objects are.
  public enum Keys {
    /// When they were delivered.
    SIMPLE,
    /// Account, region, bucket and day, and when they were delivered.
    BY_DELIVERY,
    /// Account, region, bucket and day of what is in them.
    BY_EVENT
  }

  /// The text to be stored; see `docs/formats/bucket.md`.
  String write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("target", target.text());
    fields.put("prefix", prefix);
    keys.ifPresent(kind -> fields.put(KEYS, kind.name()));
    if (!grants.isEmpty()) {
      fields.put(GRANTS, new Acl(grants).fields());
    }
    return JsonText.write(fields);
  }

  /// What was stored.
  ///
  /// @throws BucketFault if the text is nothing of the kind
  static AccessLogging read(String text) {
    RecordReader reader = RecordReader.versioned(text);
    return new AccessLogging(
        new BucketName(reader.text("target")),
        reader.text("prefix"),
        reader.optionalText(KEYS).map(Keys::valueOf),
        Acl.read(reader, GRANTS).grants());
  }
}
