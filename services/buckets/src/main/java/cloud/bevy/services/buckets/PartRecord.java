package cloud.bevy.services.buckets;

import cloud.bevy.hyper.drive.BlobId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A part of a multipart upload, as it is stored; see `docs/formats/bucket.md`.
///
/// @param etag the MD5 of its bytes in hexadecimal
/// @param checksum what is told of it
/// @param ofWhole what the object's checksum is made of, where that is not what is told
/// @param nonce with which they are encrypted; zero where they are not
record PartRecord(
    BlobId blob,
    String etag,
    long size,
    Instant modified,
    Optional<Checksum> checksum,
    Optional<Checksum> ofWhole,
    long nonce) {
  private static final String OF_WHOLE = "crc64nvme";

  byte[] write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("etag", etag);
    fields.put("size", size);
    fields.put("modified", modified.toEpochMilli());
    checksum.ifPresent(value -> fields.put("checksum", ObjectRecord.checksumFields(value)));
    ofWhole.ifPresent(value -> fields.put(OF_WHOLE, value.text()));
    fields.put("blob", fields(blob));
    if (nonce != 0) {
      fields.put("nonce", nonce);
    }
    return JsonText.write(fields).getBytes(StandardCharsets.UTF_8);
  }

  /// @throws BucketFault if the bytes are no such record
  static PartRecord read(byte[] bytes) {
    RecordReader reader = RecordReader.versioned(new String(bytes, StandardCharsets.UTF_8));
    return new PartRecord(
        blob(reader.object("blob")),
        reader.text("etag"),
        reader.number("size"),
        reader.moment("modified"),
        ObjectRecord.checksum(reader),
        reader
            .optionalText(OF_WHOLE)
            .map(text ->
                Checksum.read(ChecksumAlgorithm.USUAL, text)
                    .orElseThrow(() -> new BucketFault("its checksum is unreadable"))),
        reader.optionalNumber("nonce").orElse(0L));
  }

  /// Where a blob is.
  static Map<String, Object> fields(BlobId blob) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("blockOffset", blob.blockOffset());
    fields.put("blockLength", blob.blockLength());
    fields.put("byteOffset", blob.byteOffset());
    fields.put("byteLength", blob.byteLength());
    fields.put("blockMap", blob.blockMap());
    return fields;
  }

  /// The blob of such fields.
  static BlobId blob(RecordReader reader) {
    return new BlobId(
        reader.number("blockOffset"),
        reader.number("blockLength"),
        reader.number("byteOffset"),
        reader.number("byteLength"),
        reader.truth("blockMap"));
  }
}
