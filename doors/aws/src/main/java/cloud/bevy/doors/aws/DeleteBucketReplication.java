package cloud.bevy.doors.aws;

import java.io.IOException;

/// Has a bucket's objects copied nowhere, which they are not anyway.
final class DeleteBucketReplication implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    call.bucket();
    call.sendEmpty(204);
  }
}
