package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectKey;
import java.io.IOException;
import java.util.SortedMap;

/// Gives an object other tags.
final class PutObjectTagging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    VersionIds.check(call);
    SortedMap<String, String> tags = Tags.ofObject(call.document("Tagging"));
    if (bucket.change(key, attributes -> attributes.withTags(tags)).isEmpty()) {
      throw S3Error.NO_SUCH_KEY.refused();
    }
    call.sendEmpty(200);
  }
}
