package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

class PutObjectRetentionTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatGovernsCanBeUndoneByWhoSaysSo() {
    LockableBucket bucket = LockableBucket.on(SERVER, "governance");
    String version = bucket.put("key");
    bucket.retain("key", ObjectLockRetentionMode.GOVERNANCE, LockableBucket.LATER, false);
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> bucket.delete("key", version, false));
    bucket.delete("key", version, true);
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_VERSION,
        () ->
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket("governance").key("key").versionId(version)));
  }

  @Test
  void whatGovernsBecomesComplianceForWhoMayUndoIt() {
    LockableBucket bucket = LockableBucket.on(SERVER, "stricter");
    bucket.put("key");
    bucket.retain("key", ObjectLockRetentionMode.GOVERNANCE, LockableBucket.LATER, false);
    ObjectLockRetentionMode compliance = ObjectLockRetentionMode.COMPLIANCE;
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> bucket.retain("key", compliance, LockableBucket.LATER, false));
    bucket.retain("key", compliance, LockableBucket.LATER, true);
  }

  @Test
  void complianceCanOnlyBeMadeLonger() {
    LockableBucket bucket = LockableBucket.on(SERVER, "compliance");
    String version = bucket.put("key");
    ObjectLockRetentionMode mode = ObjectLockRetentionMode.COMPLIANCE;
    bucket.retain("key", mode, LockableBucket.LATER, false);
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> bucket.delete("key", version, true));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () -> bucket.retain("key", mode, LockableBucket.LATER.minusSeconds(60), true));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () -> bucket.retain("key", ObjectLockRetentionMode.GOVERNANCE, LockableBucket.LATER, true));
    bucket.retain("key", mode, LockableBucket.LATER.plusSeconds(60), false);
  }

  @Test
  void aDeletionWithoutAVersionOnlyMarks() {
    LockableBucket bucket = LockableBucket.on(SERVER, "marked");
    bucket.put("key");
    bucket.retain("key", ObjectLockRetentionMode.COMPLIANCE, LockableBucket.LATER, false);
    assertThat(SERVER.client().deleteObject(r -> r.bucket("marked").key("key")).deleteMarker())
        .isTrue();
  }

  @Test
  void aRetentionMayComeWithTheObject() {
    LockableBucket bucket = LockableBucket.on(SERVER, "with-the-object");
    SERVER
        .client()
        .putObject(
            r ->
                r.bucket(bucket.name())
                    .key("key")
                    .objectLockMode(ObjectLockMode.GOVERNANCE)
                    .objectLockRetainUntilDate(LockableBucket.LATER),
            RequestBody.fromString("x"));
    assertThat(
            SERVER
                .client()
                .headObject(r -> r.bucket(bucket.name()).key("key"))
                .objectLockRetainUntilDate())
        .isEqualTo(LockableBucket.LATER);
  }

  @Test
  void aDateThatIsPastIsRefused() {
    LockableBucket bucket = LockableBucket.on(SERVER, "past");
    bucket.put("key");
    S3Refusals.assertRefused(
        S3Error.INVALID_ARGUMENT,
        () ->
            bucket.retain(
                "key",
                ObjectLockRetentionMode.GOVERNANCE,
                Instant.now().minus(Duration.ofDays(1)),
                false));
  }

  @Test
  void aBucketWithoutLocksRefuses() {
    String name = SERVER.bucket();
    LockableBucket bucket = new LockableBucket(SERVER.client(), name);
    bucket.put("key");
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST,
        () ->
            bucket.retain("key", ObjectLockRetentionMode.GOVERNANCE, LockableBucket.LATER, false));
  }

  @Test
  void whoMayDeleteVersionsMayNotUndoWhatGoverns() {
    LockableBucket bucket = LockableBucket.on(SERVER, "governed-for-ann");
    String version = bucket.put("key");
    bucket.retain("key", ObjectLockRetentionMode.GOVERNANCE, LockableBucket.LATER, false);
    LockableBucket anns = new LockableBucket(SERVER.clientOf("ann"), bucket.name());
    allow(bucket.name(), "s3:DeleteObjectVersion");
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> anns.delete("key", version, true));
    allow(bucket.name(), "s3:*");
    anns.delete("key", version, true);
  }

  @Test
  void functionsAreToldOfAChangeAndUntilWhenTheVersionIsKept() throws Exception {
    LockableBucket bucket = LockableBucket.on(SERVER, "told");
    TestFunctions.told(SERVER.client(), bucket.name(), List.of("s3:ObjectRetention:Put"));
    String version = bucket.put("key");
    bucket.retain("key", ObjectLockRetentionMode.GOVERNANCE, LockableBucket.LATER, false);
    SERVER
        .client()
        .putObjectLegalHold(r ->
            r.bucket(bucket.name())
                .key("key")
                .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.ON)));
    SERVER
        .client()
        .putObjectRetention(r ->
            r.bucket(bucket.name())
                .key("key")
                .bypassGovernanceRetention(true)
                .retention(nothing -> {}));
    List<String> documents = SERVER.functions().next(2);
    assertThat(documents)
        .allSatisfy(document ->
            assertThat(document).contains("\"eventName\":\"ObjectRetention:Put\"", version));
    assertThat(documents.getFirst())
        .endsWith(
            "}},\"objectRetentionEventData\":{\"mode\":\"GOVERNANCE\",\"retainUntilDate\":\""
                + HttpDates.xml(LockableBucket.LATER)
                + "\"}}]}");
    assertThat(documents.getLast()).doesNotContain("objectRetentionEventData");
  }

  private static void allow(String bucket, String action) {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam:::user/ann"}, "Action": "%s",
          "Resource": "arn:aws:s3:::%s/*"}]}
        """;
    SERVER.client().putBucketPolicy(r -> r.bucket(bucket).policy(policy.formatted(action, bucket)));
  }
}
