package cloud.bevy.doors.aws;

import java.io.IOException;

/// Has accesses to a bucket logged nowhere; logging them somewhere is refused.
final class PutBucketLogging implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    XmlElement status = BucketDocument.read(call, "BucketLoggingStatus").only("LoggingEnabled");
    if (!status.children().isEmpty()) {
      throw S3Error.NOT_IMPLEMENTED.refused("Logging accesses is not implemented.");
    }
    call.sendEmpty(200);
  }
}
