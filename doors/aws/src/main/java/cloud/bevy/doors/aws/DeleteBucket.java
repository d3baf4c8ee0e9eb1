package cloud.bevy.doors.aws;

import java.io.IOException;

/// Deletes a bucket that has no objects.
final class DeleteBucket implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    switch (call.buckets().delete(call.bucket().name())) {
      case DELETED -> call.sendEmpty(204);
      case NO_SUCH_BUCKET -> throw S3Error.NO_SUCH_BUCKET.refused();
      case NOT_EMPTY -> throw S3Error.BUCKET_NOT_EMPTY.refused();
    }
  }
}
