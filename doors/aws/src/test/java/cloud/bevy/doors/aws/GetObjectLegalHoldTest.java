package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;

class GetObjectLegalHoldTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatCameWithTheObjectIsTold() {
    LockableBucket bucket = LockableBucket.on(SERVER, "is-held");
    SERVER
        .client()
        .putObject(
            r ->
                r.bucket(bucket.name())
                    .key("key")
                    .objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON),
            RequestBody.fromString("x"));
    assertThat(
            SERVER
                .client()
                .getObjectLegalHold(r -> r.bucket("is-held").key("key"))
                .legalHold()
                .status())
        .isEqualTo(ObjectLockLegalHoldStatus.ON);
  }

  @Test
  void anObjectOfWhichItWasNeverSaidSaysSo() {
    LockableBucket bucket = LockableBucket.on(SERVER, "never-held");
    bucket.put("key");
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_OBJECT_LOCK_CONFIGURATION,
        () -> SERVER.client().getObjectLegalHold(r -> r.bucket("never-held").key("key")));
  }
}
