package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a bucket knows of an object, its bytes aside.
///
/// @param version which of the key's versions it is
/// @param etag without quotes: the MD5 of the bytes, or `MD5-PARTS` of the parts' MD5s
/// @param parts the pieces it was uploaded in; empty where it came in one
/// @param upload the id of the multipart upload that made it
public record StoredObject(
    ObjectKey key,
    ObjectVersion version,
    String etag,
    long size,
    Instant modified,
    ObjectAttributes attributes,
    Optional<Checksum> checksum,
    List<ObjectPart> parts,
    Optional<String> upload)
    implements KeyVersion {
  /// Copies the list.
  public StoredObject {
    parts = List.copyOf(parts);
  }

  /// The same with other attributes.
  StoredObject withAttributes(ObjectAttributes others) {
    return new StoredObject(key, version, etag, size, modified, others, checksum, parts, upload);
  }

  /// The same, stored at another moment.
  StoredObject at(Instant other) {
    return new StoredObject(key, version, etag, size, other, attributes, checksum, parts, upload);
  }

  /// The same as another version.
  StoredObject as(ObjectVersion other) {
    return new StoredObject(key, other, etag, size, modified, attributes, checksum, parts, upload);
  }
}
