package cloud.bevy.services.buckets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A [StoredObject] as the JSON metadata of its drive entry; see `docs/formats/bucket.md`.
final class ObjectRecord {
  private static final String ACL = "acl";

  private ObjectRecord() {}

  /// The metadata of an object.
  static String write(StoredObject object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    if (!object.version().isNull()) {
      fields.put("versionId", object.version().id());
    }
    fields.putAll(fields(object));
    return JsonText.write(fields);
  }

  /// What an object is, its key and version aside.
  static Map<String, Object> fields(StoredObject object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("etag", object.etag());
    fields.put("size", object.size());
    fields.put("modified", object.modified().toEpochMilli());
    putAttributes(fields, object.attributes());
    object.checksum().ifPresent(checksum -> fields.put("checksum", checksumFields(checksum)));
    if (!object.parts().isEmpty()) {
      fields.put("parts", object.parts().stream().map(ObjectRecord::partFields).toList());
    }
    object.upload().ifPresent(upload -> fields.put("upload", upload));
    return fields;
  }

  /// The object of a drive entry.
  ///
  /// @param sequence the entry's, which is that of a version without an id of its own
  /// @throws BucketFault if the metadata is not an object's
  static StoredObject read(ObjectKey key, long sequence, String json) {
    StoredObject usual = UsualObject.read(key, sequence, json);
    return usual == null ? readJson(key, sequence, json) : usual;
  }

  static StoredObject readJson(ObjectKey key, long sequence, String json) {
    RecordReader reader = RecordReader.versioned(json);
    String id = reader.optionalText("versionId").orElse(ObjectVersion.NULL);
    OptionalLong own = ObjectVersion.sequence(id);
    return read(key, new ObjectVersion(id, own.orElse(sequence)), reader);
  }

  /// An object whose key and version are known.
  ///
  /// @throws BucketFault if the fields are not an object's
  static StoredObject read(ObjectKey key, ObjectVersion version, RecordReader reader) {
    return new StoredObject(
        key,
        version,
        reader.text("etag"),
        reader.number("size"),
        reader.moment("modified"),
        attributes(reader),
        checksum(reader),
        reader.objects("parts").stream().map(ObjectRecord::part).toList(),
        reader.optionalText("upload"));
  }

  /// Adds what says nothing by default only where it says something.
  static void putAttributes(Map<String, Object> fields, ObjectAttributes attributes) {
    if (!attributes.headers().isEmpty()) {
      fields.put("headers", attributes.headers());
    }
    if (!attributes.metadata().isEmpty()) {
      fields.put("user", attributes.metadata());
    }
    if (!attributes.storageClass().equals(ObjectAttributes.STANDARD)) {
      fields.put("storageClass", attributes.storageClass());
    }
    if (!attributes.tags().isEmpty()) {
      fields.put("tags", attributes.tags());
    }
    attributes
        .lock()
        .retention()
        .ifPresent(retention -> {
          fields.put("lockMode", retention.mode().name());
          fields.put("lockedUntil", retention.until().toEpochMilli());
        });
    attributes.lock().legalHold().ifPresent(held -> fields.put("legalHold", held));
    attributes.encryption().ifPresent(how -> fields.put("encryption", how.fields()));
    attributes.access().owner().ifPresent(owner -> fields.put("owner", owner));
    attributes.access().acl().ifPresent(acl -> fields.put(ACL, acl.fields()));
  }

  static ObjectAttributes attributes(RecordReader reader) {
    return new ObjectAttributes(
        reader.texts("headers"),
        reader.texts("user"),
        reader.optionalText("storageClass").orElse(ObjectAttributes.STANDARD),
        reader.texts("tags"),
        lock(reader),
        reader.optionalObject("encryption").map(Encryption::read),
        access(reader));
  }

  private static ObjectLock lock(RecordReader reader) {
    return new ObjectLock(
        reader
            .optionalText("lockMode")
            .map(LockMode::valueOf)
            .map(mode -> new Retention(mode, reader.moment("lockedUntil"))),
        reader.optionalTruth("legalHold"));
  }

  private static ObjectAccess access(RecordReader reader) {
    Optional<Acl> acl = reader.has(ACL) ? Optional.of(Acl.read(reader, ACL)) : Optional.empty();
    return new ObjectAccess(reader.optionalText("owner"), acl);
  }

  static Map<String, Object> checksumFields(Checksum checksum) {
    return Map.of(checksum.algorithm().name(), checksum.text());
  }

  static Optional<Checksum> checksum(RecordReader reader) {
    return reader
        .optionalObject("checksum")
        .map(fields ->
            List.of(ChecksumAlgorithm.values()).stream()
                .flatMap(algorithm ->
                    fields
                        .optionalText(algorithm.name())
                        .flatMap(text -> Checksum.read(algorithm, text))
                        .stream())
                .findFirst()
                .orElseThrow(() -> new BucketFault("its checksum is unknown")));
  }

  private static Map<String, Object> partFields(ObjectPart part) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("number", part.number());
    fields.put("size", part.size());
    part.checksum().ifPresent(checksum -> fields.put("checksum", checksumFields(checksum)));
    if (part.nonce() != 0) {
      fields.put("nonce", part.nonce());
    }
    return fields;
  }

  private static ObjectPart part(RecordReader reader) {
    return new ObjectPart(
        Math.toIntExact(reader.number("number")),
        reader.number("size"),
        checksum(reader),
        reader.optionalNumber("nonce").orElse(0L));
  }
}
