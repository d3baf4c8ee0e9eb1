package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a bucket knows of an object, its bytes aside.
///
/// @param etag without quotes: the MD5 of the bytes, or `MD5-PARTS` of the parts' MD5s
/// @param parts the pieces it was uploaded in; empty where it came in one
/// @param upload the id of the multipart upload that made it
public record StoredObject(
    ObjectKey key,
    String etag,
    long size,
    Instant modified,
    ObjectAttributes attributes,
    Optional<Checksum> checksum,
    List<ObjectPart> parts,
    Optional<String> upload) {
  /// Copies the list.
  public StoredObject {
    parts = List.copyOf(parts);
  }

  /// The same with other attributes.
  StoredObject withAttributes(ObjectAttributes other) {
    return new StoredObject(key, etag, size, modified, other, checksum, parts, upload);
  }
}
