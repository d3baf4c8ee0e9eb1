package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

class GetObjectRetentionTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatWasSetIsTold() {
    LockableBucket bucket = LockableBucket.on(SERVER, "retained");
    bucket.put("key");
    bucket.retain("key", ObjectLockRetentionMode.COMPLIANCE, LockableBucket.LATER, false);
    ObjectLockRetention retention =
        SERVER.client().getObjectRetention(r -> r.bucket("retained").key("key")).retention();
    assertThat(retention.mode()).isEqualTo(ObjectLockRetentionMode.COMPLIANCE);
    assertThat(retention.retainUntilDate()).isEqualTo(LockableBucket.LATER);
  }

  @Test
  void anObjectWithoutOneSaysSo() {
    LockableBucket bucket = LockableBucket.on(SERVER, "not-retained");
    bucket.put("key");
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_OBJECT_LOCK_CONFIGURATION,
        () -> SERVER.client().getObjectRetention(r -> r.bucket("not-retained").key("key")));
  }
}
