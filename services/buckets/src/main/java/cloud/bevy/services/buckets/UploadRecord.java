package cloud.bevy.services.buckets;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A multipart upload that has begun, as it is stored; see `docs/formats/bucket.md`.
///
/// @param checksum what the object's checksum is to be
record UploadRecord(
    Instant initiated, ObjectAttributes attributes, Optional<ChecksumPlan> checksum) {
  byte[] write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("initiated", initiated.toEpochMilli());
    ObjectRecord.putAttributes(fields, attributes);
    checksum.ifPresent(plan -> {
      fields.put("algorithm", plan.algorithm().name());
      fields.put("composite", plan.composite());
    });
    return JsonText.write(fields).getBytes(StandardCharsets.UTF_8);
  }

  /// @throws BucketFault if the bytes are no such record
  static UploadRecord read(byte[] bytes) {
    RecordReader reader = RecordReader.versioned(new String(bytes, StandardCharsets.UTF_8));
    return new UploadRecord(
        reader.moment("initiated"),
        ObjectRecord.attributes(reader),
        reader
            .optionalText("algorithm")
            .map(ChecksumAlgorithm::valueOf)
            .map(algorithm -> new ChecksumPlan(algorithm, reader.truth("composite"))));
  }
}
