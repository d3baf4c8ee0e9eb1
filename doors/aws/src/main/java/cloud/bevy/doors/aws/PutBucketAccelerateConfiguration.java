package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Setting;
import java.io.IOException;

/// Suspends the acceleration of transfers, of which there is none to enable.
final class PutBucketAccelerateConfiguration implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    XmlElement configuration = BucketDocument.read(call, "AccelerateConfiguration").only("Status");
    switch (configuration.once("Status").first("Status").orElse("")) {
      case "Suspended" -> BucketDocument.keep(call, Setting.ACCELERATE, configuration);
      case "Enabled" ->
          throw S3Error.NOT_IMPLEMENTED.refused("Accelerating transfers is not implemented.");
      default -> throw S3Error.MALFORMED_XML.refused();
    }
    call.sendEmpty(200);
  }
}
