package cloud.bevy.services.buckets;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the catalogue says of a bucket; see `docs/formats/bucket.md`.
///
/// @param incarnation names the bucket's drive; a bucket that is made anew gets another
/// @param region as given when it was made; empty for `us-east-1`
/// @param owner the name of the user who made it; empty for the cloud itself
record BucketRecord(String incarnation, Instant created, String region, String owner) {
  /// What a list shows of it.
  BucketSummary summary(BucketName name) {
    return new BucketSummary(name, created, region, owner);
  }

  byte[] write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("incarnation", incarnation);
    fields.put("created", created.toEpochMilli());
    fields.put("region", region);
    if (!owner.isEmpty()) {
      fields.put("owner", owner);
    }
    return JsonText.write(fields).getBytes(StandardCharsets.UTF_8);
  }

  /// @throws BucketFault if the bytes are no such record
  static BucketRecord read(byte[] bytes) {
    RecordReader reader = RecordReader.versioned(new String(bytes, StandardCharsets.UTF_8));
    return new BucketRecord(
        reader.text("incarnation"),
        reader.moment("created"),
        reader.text("region"),
        reader.optionalText("owner").orElse(""));
  }
}
