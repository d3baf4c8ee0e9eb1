package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Ownership;
import java.io.IOException;

/// Says who owns what others put into a bucket.
final class GetBucketOwnershipControls implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Ownership ownership =
        call.bucket()
            .access()
            .ownership()
            .orElseThrow(S3Error.OWNERSHIP_CONTROLS_NOT_FOUND::refused);
    call.send(
        XmlWriter.document("OwnershipControls")
            .open("Rule")
            .element("ObjectOwnership", ownership.text())
            .close("Rule")
            .close("OwnershipControls"));
  }
}
