package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.BucketView;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.StoredObject;
import java.util.Optional;

/// The object that a request for one of its subresources is about.
final class ObjectVersions {
  private ObjectVersions() {}

  /// The object, of the version that the request names or the latest.
  static StoredObject find(S3Call call, BucketView view) throws S3Exception {
    ObjectKey key = call.key();
    Optional<String> version = VersionIds.read(call);
    StoredObject object =
        view.find(key, version)
            .filter(StoredObject.class::isInstance)
            .map(StoredObject.class::cast)
            .orElseThrow(() -> VersionIds.missing(call, view, key, version));
    VersionIds.answer(call, call.bucket(), object.version());
    return object;
  }
}
