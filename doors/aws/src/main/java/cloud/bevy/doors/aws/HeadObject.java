package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.util.Optional;

/// Says what a GET of an object would say, without the object.
final class HeadObject implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    Optional<String> version = VersionIds.read(call);
    StoredObject object =
        bucket
            .find(key, version)
            .filter(StoredObject.class::isInstance)
            .map(StoredObject.class::cast)
            .orElseThrow(() -> VersionIds.missing(call, bucket, key, version));
    VersionIds.answer(call, bucket, object.version());
    Optional<ByteRange> range = ObjectAnswer.begin(call, object);
    if (range.isPresent()) {
      call.answerHeader("Content-Length", Long.toString(range.get().length()));
      call.exchange().sendEmpty();
    }
  }
}
