package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says which region a bucket was made for.
final class GetBucketLocation implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    call.view();
    String region = call.bucket().summary().region();
    call.send(XmlWriter.document("LocationConstraint").text(region).close("LocationConstraint"));
  }
}
