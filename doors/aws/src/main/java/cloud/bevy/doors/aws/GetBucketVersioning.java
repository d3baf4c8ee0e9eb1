package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Versioning;
import java.io.IOException;

/// Says whether a bucket keeps what is overwritten and deleted.
final class GetBucketVersioning implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    Versioning versioning = call.bucket().versioning();
    XmlWriter xml = XmlWriter.document("VersioningConfiguration");
    switch (versioning) {
      case OFF -> {}
      case ENABLED -> xml.element("Status", PutBucketVersioning.ENABLED);
      case SUSPENDED -> xml.element("Status", PutBucketVersioning.SUSPENDED);
    }
    call.send(xml.close("VersioningConfiguration"));
  }
}
