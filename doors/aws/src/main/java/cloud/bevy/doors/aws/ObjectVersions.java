package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.StoredObject;
import java.util.Optional;

/// The object that a request for one of its subresources is about.
final class ObjectVersions {
  private ObjectVersions() {}

  /// The object, of the version that the request names or the latest.
  static StoredObject find(S3Call call, Bucket bucket) throws S3Exception {
    ObjectKey key = call.key();
    Optional<String> version = VersionIds.read(call);
    StoredObject object =
        bucket
            .find(key, version)
            .filter(StoredObject.class::isInstance)
            .map(StoredObject.class::cast)
            .orElseThrow(() -> VersionIds.missing(call, bucket, key, version));
    VersionIds.answer(call, bucket, object.version());
    return object;
  }
}
