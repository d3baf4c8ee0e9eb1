package cloud.bevy.doors.aws;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;

class PutObjectLegalHoldTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatIsHeldCannotBeDeletedUntilThatIsTakenBack() {
    LockableBucket bucket = LockableBucket.on(SERVER, "held");
    String version = bucket.put("key");
    hold("held", ObjectLockLegalHoldStatus.ON);
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> bucket.delete("key", version, true));
    hold("held", ObjectLockLegalHoldStatus.OFF);
    bucket.delete("key", version, false);
  }

  @Test
  void aStatusThatIsNoneIsRefused() {
    LockableBucket bucket = LockableBucket.on(SERVER, "perhaps-held");
    bucket.put("key");
    S3Refusals.assertRefused(
        S3Error.MALFORMED_XML,
        () ->
            SERVER
                .client()
                .putObjectLegalHold(
                    r -> r.bucket("perhaps-held").key("key").legalHold(h -> h.status("PERHAPS"))));
  }

  private static void hold(String bucket, ObjectLockLegalHoldStatus status) {
    SERVER
        .client()
        .putObjectLegalHold(r -> r.bucket(bucket).key("key").legalHold(h -> h.status(status)));
  }
}
