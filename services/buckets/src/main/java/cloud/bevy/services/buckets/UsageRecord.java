package cloud.bevy.services.buckets;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// How much there was in a bucket when its bee had some version, as it is stored; see
/// `docs/formats/bucket.md`.
record UsageRecord(long at, BucketUsage usage) {
  byte[] write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("at", at);
    fields.put("objects", usage.objects());
    fields.put("bytes", usage.bytes());
    fields.put("olderVersions", usage.olderVersions());
    fields.put("olderBytes", usage.olderBytes());
    fields.put("uploads", usage.uploads());
    fields.put("uploadBytes", usage.uploadBytes());
    return JsonText.write(fields).getBytes(StandardCharsets.UTF_8);
  }

  /// @throws BucketFault if the bytes are no such record
  static UsageRecord read(byte[] bytes) {
    RecordReader reader = RecordReader.versioned(new String(bytes, StandardCharsets.UTF_8));
    return new UsageRecord(
        reader.number("at"),
        new BucketUsage(
            reader.number("objects"),
            reader.number("bytes"),
            reader.number("olderVersions"),
            reader.number("olderBytes"),
            reader.number("uploads"),
            reader.number("uploadBytes")));
  }
}
