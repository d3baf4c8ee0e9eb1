package cloud.bevy.services.buckets;

import java.util.LinkedHashMap;
import java.util.Map;

/// Which ways to let everybody into a bucket are closed.
///
/// @param blockAcls access control lists that let everybody in are refused
/// @param ignoreAcls their grants to everybody are of no effect
/// @param blockPolicy policies that let everybody in are refused
/// @param restrictBuckets a policy that lets everybody in lets in nobody but the owner
public record PublicAccessBlock(
    boolean blockAcls, boolean ignoreAcls, boolean blockPolicy, boolean restrictBuckets) {
  /// All ways are closed.
  public static final PublicAccessBlock ALL = new PublicAccessBlock(true, true, true, true);

  /// All ways are open.
  public static final PublicAccessBlock NONE = new PublicAccessBlock(false, false, false, false);

  /// As a text to be stored; see `docs/formats/bucket.md`.
  public String write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("blockAcls", blockAcls);
    fields.put("ignoreAcls", ignoreAcls);
    fields.put("blockPolicy", blockPolicy);
    fields.put("restrictBuckets", restrictBuckets);
    return JsonText.write(fields);
  }

  /// What was stored.
  ///
  /// @throws BucketFault if the text is nothing of the kind
  public static PublicAccessBlock read(String text) {
    RecordReader reader = RecordReader.versioned(text);
    return new PublicAccessBlock(
        reader.truth("blockAcls"),
        reader.truth("ignoreAcls"),
        reader.truth("blockPolicy"),
        reader.truth("restrictBuckets"));
  }
}
