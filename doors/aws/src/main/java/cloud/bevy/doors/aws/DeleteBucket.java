package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.Versioning;
import java.io.IOException;

/// Deletes a bucket that has no objects.
final class DeleteBucket implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Bucket bucket = call.bucket();
    switch (call.buckets().delete(bucket.name())) {
      case DELETED -> call.sendEmpty(204);
      case NO_SUCH_BUCKET -> throw S3Error.NO_SUCH_BUCKET.refused();
      case NOT_EMPTY -> throw notEmpty(bucket);
    }
  }

  private static S3Exception notEmpty(Bucket bucket) {
    String words = S3Error.BUCKET_NOT_EMPTY.message();
    return bucket.versioning() == Versioning.OFF
        ? S3Error.BUCKET_NOT_EMPTY.refused(words)
        : S3Error.BUCKET_NOT_EMPTY.refused(words + ". You must delete all versions in the bucket.");
  }
}
