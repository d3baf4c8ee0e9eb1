package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.Payer;

class PutBucketRequestPaymentTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theOwnerMayBeSaidToPay() {
    String bucket = SERVER.bucket();
    put(bucket, "BucketOwner");
    assertThat(SERVER.client().getBucketRequestPayment(r -> r.bucket(bucket)).payer())
        .isEqualTo(Payer.BUCKET_OWNER);
  }

  @Test
  void thatRequestersPayIsNotImplemented() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(S3Error.NOT_IMPLEMENTED, () -> put(bucket, "Requester"));
    S3Refusals.assertRefused(S3Error.MALFORMED_XML, () -> put(bucket, "Nobody"));
  }

  private static void put(String bucket, String payer) {
    SERVER
        .client()
        .putBucketRequestPayment(
            r -> r.bucket(bucket).requestPaymentConfiguration(c -> c.payer(payer)));
  }
}
