package cloud.bevy.services.buckets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A [StoredObject] as the JSON metadata of its drive entry; see `docs/formats/bucket.md`.
final class ObjectRecord {
  private static final String ACL = "acl";

  private ObjectRecord() {}

  /// The metadata of an object.
  static String write(StoredObject object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", RecordReader.VERSION);
    fields.put("etag", object.etag());
    fields.put("size", object.size());
    fields.put("modified", object.modified().toEpochMilli());
    putAttributes(fields, object.attributes());
    object.checksum().ifPresent(checksum -> fields.put("checksum", checksumFields(checksum)));
    if (!object.parts().isEmpty()) {
      fields.put("parts", object.parts().stream().map(ObjectRecord::partFields).toList());
    }
    object.upload().ifPresent(upload -> fields.put("upload", upload));
    return JsonText.write(fields);
  }

  /// The object of a drive entry.
  ///
  /// @throws BucketFault if the metadata is not an object's
  static StoredObject read(ObjectKey key, String json) {
    RecordReader reader = RecordReader.versioned(json);
    return new StoredObject(
        key,
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
    attributes.access().owner().ifPresent(owner -> fields.put("owner", owner));
    attributes.access().acl().ifPresent(acl -> fields.put(ACL, acl.fields()));
  }

  static ObjectAttributes attributes(RecordReader reader) {
    return new ObjectAttributes(
        reader.texts("headers"),
        reader.texts("user"),
        reader.optionalText("storageClass").orElse(ObjectAttributes.STANDARD),
        access(reader));
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
    return fields;
  }

  private static ObjectPart part(RecordReader reader) {
    return new ObjectPart(
        Math.toIntExact(reader.number("number")), reader.number("size"), checksum(reader));
  }
}
