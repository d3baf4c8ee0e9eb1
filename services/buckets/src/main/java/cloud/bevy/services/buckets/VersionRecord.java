package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.drive.BlobId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A version of a key that is not in the drive, as it is stored; see `docs/formats/bucket.md`.
///
/// @param blob an object's bytes; nothing where there are none
record VersionRecord(KeyVersion version, Optional<BlobId> blob) {
  byte[] key() {
    return VersionKeys.version(version.key().text(), version.version().sequence());
  }

  boolean has(String id) {
    return version.version().id().equals(id);
  }

  /// The object; nothing for a mark.
  Optional<StoredObject> object() {
    return version instanceof StoredObject object ? Optional.of(object) : Optional.empty();
  }

  byte[] write() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("id", version.version().id());
    switch (version) {
      case DeleteMarker marker -> fields.put("deleted", marker.modified().toEpochMilli());
      case StoredObject object -> fields.put("object", ObjectRecord.fields(object));
    }
    blob.ifPresent(bytes -> fields.put("blob", PartRecord.fields(bytes)));
    return JsonText.write(fields).getBytes(StandardCharsets.UTF_8);
  }

  /// @throws BucketFault if the entry is no such record
  static VersionRecord read(BeeEntry entry) {
    ObjectKey key = new ObjectKey(VersionKeys.objectKey(entry.key()));
    RecordReader reader = RecordReader.versioned(new String(entry.value(), StandardCharsets.UTF_8));
    ObjectVersion id = new ObjectVersion(reader.text("id"), VersionKeys.sequence(entry.key()));
    Optional<BlobId> blob = reader.optionalObject("blob").map(PartRecord::blob);
    Optional<RecordReader> object = reader.optionalObject("object");
    return object.isPresent()
        ? new VersionRecord(ObjectRecord.read(key, id, object.get()), blob)
        : new VersionRecord(new DeleteMarker(key, id, reader.moment("deleted")), blob);
  }
}
