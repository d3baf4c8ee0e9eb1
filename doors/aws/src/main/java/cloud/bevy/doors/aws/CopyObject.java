package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Checksum;
import cloud.bevy.services.buckets.ChecksumAlgorithm;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.OpenObject;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.buckets.WriteCondition;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;

/// Stores a copy of an object under another key, or under its own with other metadata.
final class CopyObject implements S3Operation {
  private static final long LARGEST = 5L << 30;

  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    CopySource source = CopySource.read(call);
    boolean replace = replaces(call, "metadata");
    boolean otherTags = replaces(call, "tagging");
    Optional<ChecksumAlgorithm> asked = ChecksumHeaders.asked(call);
    try (OpenObject open = source.open(call)) {
      StoredObject original = open.object();
      if (original.size() > LARGEST) {
        throw S3Error.INVALID_REQUEST.refused(
            "The specified copy source is larger than the maximum allowable size for a copy"
                + " source: "
                + LARGEST);
      }
      ObjectAttributes given = ObjectOwners.attributes(call, bucket);
      WriteCondition condition = WriteConditions.read(call);
      boolean itself =
          source.key().equals(key)
              && source.bucket().equals(bucket.name().text())
              && source.past().isEmpty()
              && source.version().isEmpty();
      if (itself && !replace && changesNothing(call, given)) {
        if (condition.check(Optional.of(original)) == WriteCondition.Result.FAILED) {
          throw S3Error.PRECONDITION_FAILED.refused();
        }
        throw S3Error.INVALID_REQUEST.refused(
            "This copy request is illegal because it is trying to copy an object to itself without"
                + " changing the object's metadata, storage class, website redirect location or"
                + " encryption attributes.");
      }
      ObjectAttributes attributes =
          (replace ? given : kept(original, given))
              .withTags(otherTags ? given.tags() : original.attributes().tags());
      Content content = content(call, open, asked);
      StoredObject stored = PutAnswers.stored(bucket.put(key, attributes, content, condition));
      call.notes().size(stored.size());
      source.note(call, original, AccessNames.COPIED);
      VersionIds.answer(call, bucket, stored.version());
      EncryptionHeaders.answer(call, attributes.encryption());
      VersionIds.answerSource(call, call.bucket(source.bucket()), original.version());
      ExpirationHeader.answer(call, bucket, stored);
      call.send(result(stored));
    }
  }

  /// Whether a directive says that the copy has what the request brings and not what the source
  /// has.
  private static boolean replaces(S3Call call, String what) throws S3Exception {
    String header = "x-amz-" + what + "-directive";
    String directive = call.header(header).orElse("COPY");
    return switch (directive) {
      case "COPY" -> false;
      case "REPLACE" -> true;
      default ->
          throw S3Error.INVALID_ARGUMENT
              .refused("Unknown " + what + " directive.")
              .about(header, directive);
    };
  }

  /// Whoever names a storage class changes it, were it to the one it was.
  private static boolean changesNothing(S3Call call, ObjectAttributes given) {
    return call.header(ObjectHeaders.STORAGE_CLASS).isEmpty()
        && given.encryption().isEmpty()
        && !given.headers().containsKey(ObjectHeaders.REDIRECT);
  }

  private static ObjectAttributes kept(StoredObject original, ObjectAttributes given) {
    TreeMap<String, String> headers = new TreeMap<>(original.attributes().headers());
    headers.remove(ObjectHeaders.REDIRECT);
    Optional.ofNullable(given.headers().get(ObjectHeaders.REDIRECT))
        .ifPresent(location -> headers.put(ObjectHeaders.REDIRECT, location));
    return new ObjectAttributes(
        headers,
        original.attributes().metadata(),
        given.storageClass(),
        given.tags(),
        given.lock(),
        given.encryption(),
        given.access());
  }

  private static Content content(S3Call call, OpenObject open, Optional<ChecksumAlgorithm> asked)
      throws S3Exception {
    Optional<ChecksumAlgorithm> algorithm =
        asked.or(() -> open.object().checksum().map(Checksum::algorithm));
    long size = open.object().size();
    return new Content(
        open.stream(0, size),
        size,
        Optional.empty(),
        algorithm.map(known -> new Content.Claim(known, Optional::empty)),
        EncryptionHeaders.key(call));
  }

  private static XmlWriter result(StoredObject stored) {
    XmlWriter xml = XmlWriter.document("CopyObjectResult");
    xml.element("LastModified", HttpDates.listed(stored.modified()));
    xml.element("ETag", ObjectHeaders.quoted(stored.etag()));
    stored
        .checksum()
        .ifPresent(checksum -> {
          xml.element("ChecksumType", ChecksumHeaders.type(checksum.composite()));
          ChecksumHeaders.write(xml, checksum);
        });
    return xml.close("CopyObjectResult");
  }
}
