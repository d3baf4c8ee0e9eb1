package cloud.bevy.doors.aws;

import java.io.IOException;

/// Says who pays for requests: the owner.
final class GetBucketRequestPayment implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    call.bucket();
    call.send(
        XmlWriter.document("RequestPaymentConfiguration")
            .element("Payer", "BucketOwner")
            .close("RequestPaymentConfiguration"));
  }
}
