package cloud.bevy.doors.aws;

import java.io.IOException;

/// Has the owner pay for requests; nobody else can.
final class PutBucketRequestPayment implements S3Operation {
  @Override
  public void answer(S3Call call) throws IOException {
    XmlElement configuration =
        BucketDocument.read(call, "RequestPaymentConfiguration").only("Payer");
    switch (configuration.first("Payer").orElse("")) {
      case "BucketOwner" -> call.sendEmpty(200);
      case "Requester" ->
          throw S3Error.NOT_IMPLEMENTED.refused("That requesters pay is not implemented.");
      default -> throw S3Error.MALFORMED_XML.refused();
    }
  }
}
