package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says where a bucket's objects are copied to: nowhere.
final class GetBucketReplication implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    call.bucket();
    throw S3Error.REPLICATION_CONFIGURATION_NOT_FOUND.refused();
  }
}
