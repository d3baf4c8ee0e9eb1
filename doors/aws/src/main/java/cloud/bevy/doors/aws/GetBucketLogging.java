package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says where accesses to a bucket are logged.
final class GetBucketLogging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    call.send(LoggingDocument.write(call, call.bucket().settings().logging()));
  }
}
