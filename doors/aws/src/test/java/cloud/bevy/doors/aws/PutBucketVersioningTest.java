package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.MFADelete;

class PutBucketVersioningTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void whatIsOverwrittenIsKeptFromThenOn() {
    String name = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(name).key("key"), RequestBody.fromString("zero"));
    VersionedBucket bucket = new VersionedBucket(SERVER.client(), name);
    bucket.set(BucketVersioningStatus.ENABLED);
    String first = bucket.put("key", "one");
    String second = bucket.put("key", "two");
    assertThat(bucket.text("key")).isEqualTo("two");
    assertThat(bucket.text("key", first)).isEqualTo("one");
    assertThat(bucket.text("key", second)).isEqualTo("two");
    assertThat(bucket.text("key", "null")).isEqualTo("zero");
  }

  @Test
  void onceSuspendedOneVersionWithoutAnIdIsOverwritten() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    String first = bucket.put("key", "one");
    bucket.set(BucketVersioningStatus.SUSPENDED);
    assertThat(bucket.put("key", "two")).isNull();
    assertThat(bucket.put("key", "three")).isNull();
    assertThat(bucket.text("key", "null")).isEqualTo("three");
    assertThat(bucket.text("key", first)).isEqualTo("one");
    assertThat(bucket.delete("key")).isEqualTo("null");
    assertThat(SERVER.client().listObjectVersions(r -> r.bucket(bucket.name())))
        .satisfies(list -> assertThat(list.versions()).hasSize(1))
        .satisfies(list -> assertThat(list.deleteMarkers()).hasSize(1));
  }

  @Test
  void aStatusThatIsNoneIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.MALFORMED_XML,
        () ->
            SERVER
                .client()
                .putBucketVersioning(
                    r -> r.bucket(bucket).versioningConfiguration(v -> v.status("Perhaps"))));
  }

  @Test
  void deletionByMfaIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NOT_IMPLEMENTED,
        () ->
            SERVER
                .client()
                .putBucketVersioning(r ->
                    r.bucket(bucket)
                        .versioningConfiguration(v ->
                            v.status(BucketVersioningStatus.ENABLED)
                                .mfaDelete(MFADelete.ENABLED))));
  }
}
