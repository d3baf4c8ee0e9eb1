package cloud.bevy.doors.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/// A new bucket, for tests about locks.
record LockableBucket(S3Client client, String name) {
  static final Instant LATER =
      Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);

  static LockableBucket on(S3TestServer server, String name) {
    server.client().createBucket(r -> r.bucket(name).objectLockEnabledForBucket(true));
    return new LockableBucket(server.client(), name);
  }

  /// Puts an object.
  ///
  /// @return its version
  String put(String key) {
    return client.putObject(r -> r.bucket(name).key(key), RequestBody.fromString("x")).versionId();
  }

  void retain(String key, ObjectLockRetentionMode mode, Instant until, boolean bypass) {
    client.putObjectRetention(r ->
        r.bucket(name)
            .key(key)
            .bypassGovernanceRetention(bypass)
            .retention(x -> x.mode(mode).retainUntilDate(until)));
  }

  void delete(String key, String version, boolean bypass) {
    client.deleteObject(
        r -> r.bucket(name).key(key).versionId(version).bypassGovernanceRetention(bypass));
  }
}
