package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

class PutObjectLockConfigurationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatIsPutWithoutARetentionGetsTheBuckets() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    configure(bucket.name(), 3);
    bucket.put("key", "x");
    HeadObjectResponse head = SERVER.client().headObject(r -> r.bucket(bucket.name()).key("key"));
    assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.GOVERNANCE);
    assertThat(head.objectLockRetainUntilDate())
        .isBetween(Instant.now().plus(Duration.ofDays(2)), Instant.now().plus(Duration.ofDays(3)));
    assertThat(
            SERVER
                .client()
                .getObjectLockConfiguration(r -> r.bucket(bucket.name()))
                .objectLockConfiguration()
                .rule()
                .defaultRetention()
                .days())
        .isEqualTo(3);
  }

  @Test
  void versionsMustBeKeptAndStayKept() {
    String plain = SERVER.bucket();
    S3Refusals.assertRefused(S3Error.INVALID_BUCKET_STATE, () -> configure(plain, 1));
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    configure(bucket.name(), 1);
    S3Refusals.assertRefused(
        S3Error.INVALID_BUCKET_STATE, () -> bucket.set(BucketVersioningStatus.SUSPENDED));
  }

  @Test
  void daysMustBePositive() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    S3Refusals.assertRefused(S3Error.INVALID_ARGUMENT, () -> configure(bucket.name(), 0));
  }

  @Test
  void daysAndYearsTogetherAreRefused() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    S3Refusals.assertRefused(
        S3Error.MALFORMED_XML,
        () ->
            SERVER
                .client()
                .putObjectLockConfiguration(r ->
                    r.bucket(bucket.name())
                        .objectLockConfiguration(c ->
                            c.objectLockEnabled(ObjectLockEnabled.ENABLED)
                                .rule(x ->
                                    x.defaultRetention(d ->
                                        d.mode(ObjectLockRetentionMode.GOVERNANCE)
                                            .days(1)
                                            .years(1))))));
  }

  private static void configure(String bucket, int days) {
    SERVER
        .client()
        .putObjectLockConfiguration(r ->
            r.bucket(bucket)
                .objectLockConfiguration(c ->
                    c.objectLockEnabled(ObjectLockEnabled.ENABLED)
                        .rule(x ->
                            x.defaultRetention(
                                d -> d.mode(ObjectLockRetentionMode.GOVERNANCE).days(days)))));
  }
}
