package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketView;
import cloud.bevy.services.buckets.DeleteMarker;
import cloud.bevy.services.buckets.KeyVersion;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.ObjectVersion;
import cloud.bevy.services.buckets.StoredObject;
import cloud.bevy.services.buckets.Versioning;
import java.util.Optional;

/// Version ids in requests and answers.
final class VersionIds {
  static final String PARAMETER = "versionId";

  private static final String HEADER = "x-amz-version-id";

  private VersionIds() {}

  /// The version that a request is about, if it names one.
  static Optional<String> read(S3Call call) throws S3Exception {
    return checked(call.query().first(PARAMETER));
  }

  /// A version id as it was given.
  ///
  /// @throws S3Exception where it can be none
  static Optional<String> checked(Optional<String> id) throws S3Exception {
    if (id.isPresent() && !ObjectVersion.isId(id.get())) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Invalid version id specified")
          .about(PARAMETER, id.get());
    }
    return id;
  }

  /// Answers with the version of an object, where the bucket has versions.
  static void answer(S3Call call, Bucket bucket, ObjectVersion version) {
    answer(call, bucket, version, HEADER);
  }

  /// Answers with the version of an object that was put, where it got an id of its own.
  static void answerPut(S3Call call, Bucket bucket, ObjectVersion version) {
    if (bucket.versioning() == Versioning.ENABLED) {
      call.answerHeader(HEADER, version.id());
    }
  }

  /// Answers with the version of an object that was copied, where its bucket has versions.
  static void answerSource(S3Call call, Bucket bucket, ObjectVersion version) {
    if (!version.id().equals(ObjectVersion.NULL)) {
      answer(call, bucket, version, "x-amz-copy-source-version-id");
    }
  }

  private static void answer(S3Call call, Bucket bucket, ObjectVersion version, String header) {
    if (bucket.versioning() != Versioning.OFF) {
      call.answerHeader(header, version.id());
    }
  }

  /// Answers with what a deletion has come to.
  static void answerDeleted(S3Call call, String id, boolean marker) {
    call.answerHeader(HEADER, id);
    if (marker) {
      call.answerHeader("x-amz-delete-marker", "true");
    }
  }

  /// Whether a request that names no version is about what the key has now, were it a mark.
  private static boolean meansMarker(S3Call call) {
    return call.query().has("tagging")
        || (call.query().has("acl") && call.exchange().method().equals("PUT"));
  }

  /// Why there is no object to be read.
  ///
  /// @param version that was asked for, if one was
  static S3Exception missing(
      S3Call call, BucketView view, ObjectKey key, Optional<String> version) {
    Optional<KeyVersion> found = view.find(key, version);
    if (call.isPast() && found.filter(StoredObject.class::isInstance).isPresent()) {
      return PastName.lost(key);
    }
    if (found.isPresent() && found.get() instanceof DeleteMarker marker) {
      answerDeleted(call, marker.version().id(), true);
      if (version.isPresent() || meansMarker(call)) {
        call.answerHeader("Last-Modified", HttpDates.http(marker.modified()));
        call.answerHeader("Allow", "DELETE");
        return S3Error.METHOD_NOT_ALLOWED
            .refused()
            .with("Method", call.exchange().method())
            .with("ResourceType", "DeleteMarker");
      }
    }
    return version.isPresent() ? S3Error.NO_SUCH_VERSION.refused() : S3Error.NO_SUCH_KEY.refused();
  }
}
