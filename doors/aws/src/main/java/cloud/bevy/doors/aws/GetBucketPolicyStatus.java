package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says whether a bucket lets everybody in.
final class GetBucketPolicyStatus implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    call.send(
        XmlWriter.document("PolicyStatus")
            .element("IsPublic", call.bucket().access().isPublic())
            .close("PolicyStatus"));
  }
}
