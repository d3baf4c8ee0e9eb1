package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.EventType;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;

/// Takes an object's tags off.
final class DeleteObjectTagging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    Optional<String> version = VersionIds.read(call);
    StoredObject tagged =
        bucket
            .change(
                key,
                version,
                new Bucket.Change(
                    EventType.TAGS_DELETED,
                    attributes -> attributes.withTags(Collections.emptySortedMap())))
            .orElseThrow(() -> VersionIds.missing(call, bucket, key, version));
    VersionIds.answer(call, bucket, tagged.version());
    call.sendEmpty(204);
  }
}
