package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.EventType;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.StoredObject;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/// Gives an object other tags.
final class PutObjectTagging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    Optional<String> version = VersionIds.read(call);
    SortedMap<String, String> tags = Tags.ofObject(call.document("Tagging"));
    StoredObject tagged =
        bucket
            .change(
                key,
                version,
                new Bucket.Change(EventType.TAGS_PUT, attributes -> attributes.withTags(tags)))
            .orElseThrow(() -> VersionIds.missing(call, bucket, key, version));
    VersionIds.answer(call, bucket, tagged.version());
    call.sendEmpty(200);
  }
}
