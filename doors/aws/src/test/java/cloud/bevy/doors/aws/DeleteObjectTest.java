package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;

class DeleteObjectTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void anObjectThatWasDeletedIsGone() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    SERVER.client().deleteObject(r -> r.bucket(bucket).key("key"));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_KEY,
        () -> SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")));
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  void deletingWhatIsNotThereIsNoError() {
    String bucket = SERVER.bucket();
    assertThat(
            SERVER
                .client()
                .deleteObject(r -> r.bucket(bucket).key("nothing"))
                .sdkHttpResponse()
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void whereVersionsAreKeptAMarkIsMade() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    String first = bucket.put("key", "one");
    DeleteObjectResponse answer =
        SERVER.client().deleteObject(r -> r.bucket(bucket.name()).key("key"));
    assertThat(answer.deleteMarker()).isTrue();
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> bucket.text("key"));
    assertThat(bucket.text("key", first)).isEqualTo("one");
    DeleteObjectResponse undone =
        SERVER
            .client()
            .deleteObject(r -> r.bucket(bucket.name()).key("key").versionId(answer.versionId()));
    assertThat(undone.deleteMarker()).isTrue();
    assertThat(bucket.text("key")).isEqualTo("one");
  }

  @Test
  void aVersionIsDeletedForGoodAndTheOneBeforeComesBack() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    String first = bucket.put("key", "one");
    String second = bucket.put("key", "two");
    DeleteObjectResponse answer =
        SERVER.client().deleteObject(r -> r.bucket(bucket.name()).key("key").versionId(second));
    assertThat(answer.versionId()).isEqualTo(second);
    assertThat(answer.deleteMarker()).isNull();
    assertThat(bucket.text("key")).isEqualTo("one");
    assertThat(bucket.text("key", first)).isEqualTo("one");
    S3Refusals.assertRefused(S3Error.NO_SUCH_VERSION, () -> bucket.text("key", second));
  }

  @Test
  void anObjectThatIsNotTheOneMeantIsNotDeleted() {
    String bucket = SERVER.bucket();
    String etag =
        SERVER
            .client()
            .putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"))
            .eTag();
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () -> SERVER.client().deleteObject(r -> r.bucket(bucket).key("key").ifMatch("\"other\"")));
    SERVER.client().deleteObject(r -> r.bucket(bucket).key("key").ifMatch(etag));
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  void anObjectOfAnotherSizeOrAgeThanMeantIsNotDeleted() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("12345"));
    Instant modified = SERVER.client().headObject(r -> r.bucket(bucket).key("key")).lastModified();
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () -> SERVER.client().deleteObject(r -> r.bucket(bucket).key("key").ifMatchSize(4L)));
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () ->
            SERVER
                .client()
                .deleteObject(r ->
                    r.bucket(bucket)
                        .key("key")
                        .ifMatchSize(5L)
                        .ifMatchLastModifiedTime(modified.plusSeconds(1))));
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () ->
            SERVER
                .client()
                .deleteObject(
                    r -> r.bucket(bucket).key("key").ifMatch("\"other\"").ifMatchSize(5L)));
    SERVER
        .client()
        .deleteObject(r ->
            r.bucket(bucket)
                .key("key")
                .ifMatch("*")
                .ifMatchSize(5L)
                .ifMatchLastModifiedTime(modified));
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }

  @Test
  void sizesAndDatesThatAreNoneAreRefused() throws IOException {
    String bucket = SERVER.bucket();
    for (String header : List.of("size", "last-modified-time")) {
      String answer =
          new RawS3(SERVER, "DELETE", "/" + bucket + "/key")
              .header("x-amz-if-match-" + header, "soon")
              .send();
      assertThat(answer).startsWith("HTTP/1.1 400").contains("InvalidArgument");
    }
  }

  @Test
  void deletingWhatIsGoneIsNoErrorWhateverItsConditionWas() {
    String bucket = SERVER.bucket();
    assertThat(
            SERVER
                .client()
                .deleteObject(r -> r.bucket(bucket).key("nothing").ifMatch("\"etag\""))
                .sdkHttpResponse()
                .statusCode())
        .isEqualTo(204);
  }
}
