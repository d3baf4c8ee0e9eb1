package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.LifecycleConfiguration;
import java.io.IOException;

/// Says what a bucket does with its objects as they grow old.
final class GetBucketLifecycleConfiguration implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    LifecycleConfiguration lifecycle = bucket.settings().lifecycle();
    if (lifecycle.rules().isEmpty()) {
      throw S3Error.NO_SUCH_LIFECYCLE_CONFIGURATION.refused();
    }
    call.answerHeader(
        PutBucketLifecycleConfiguration.SMALLEST,
        lifecycle.smallOnesToo()
            ? PutBucketLifecycleConfiguration.SMALL_ONES_TOO
            : PutBucketLifecycleConfiguration.ONLY_LARGE_ONES);
    call.send(LifecycleWriter.document(lifecycle.rules()));
  }
}
