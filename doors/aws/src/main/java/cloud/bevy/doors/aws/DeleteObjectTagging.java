package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.ObjectKey;
import java.io.IOException;
import java.util.Collections;

/// Takes an object's tags off.
final class DeleteObjectTagging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    ObjectKey key = call.key();
    Bucket bucket = call.bucket();
    VersionIds.check(call);
    if (bucket
        .change(key, attributes -> attributes.withTags(Collections.emptySortedMap()))
        .isEmpty()) {
      throw S3Error.NO_SUCH_KEY.refused();
    }
    call.sendEmpty(204);
  }
}
