package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.Payer;

class GetBucketRequestPaymentTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theOwnerPays() {
    String bucket = SERVER.bucket();
    assertThat(SERVER.client().getBucketRequestPayment(r -> r.bucket(bucket)).payer())
        .isEqualTo(Payer.BUCKET_OWNER);
  }
}
