package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

class CopyObjectTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aCopyToWhereVersionsAreNoLongerKeptSaysThatItHasNoId() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    bucket.put("key", "one");
    bucket.set(BucketVersioningStatus.SUSPENDED);
    assertThat(
            SERVER
                .client()
                .copyObject(r ->
                    r.sourceBucket(bucket.name())
                        .sourceKey("key")
                        .destinationBucket(bucket.name())
                        .destinationKey("copy"))
                .versionId())
        .isEqualTo("null");
  }

  @Test
  void aCopyHasTheBytesAndTheMetadata() {
    String bucket = SERVER.bucket();
    put(bucket, "from ü+&");
    SERVER
        .client()
        .copyObject(r ->
            r.sourceBucket(bucket)
                .sourceKey("from ü+&")
                .destinationBucket(bucket)
                .destinationKey("to"));
    HeadObjectResponse head = SERVER.client().headObject(r -> r.bucket(bucket).key("to"));
    assertThat(head.metadata()).containsEntry("colour", "green");
    assertThat(SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("to")).asUtf8String())
        .isEqualTo("hello");
  }

  @Test
  void aCopyMayHaveOtherMetadata() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    SERVER
        .client()
        .copyObject(r ->
            r.sourceBucket(bucket)
                .sourceKey("key")
                .destinationBucket(bucket)
                .destinationKey("key")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("colour", "red")));
    HeadObjectResponse head = SERVER.client().headObject(r -> r.bucket(bucket).key("key"));
    assertThat(head.metadata()).isEqualTo(Map.of("colour", "red"));
  }

  @Test
  void aCopyOntoItselfThatChangesNothingIsRefused() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    S3Refusals.assertRefused(S3Error.INVALID_REQUEST, () -> copy(bucket, "key", "key"));
  }

  @Test
  void whoNamesTheStorageClassOfACopyOntoItselfChangesIt() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    SERVER
        .client()
        .copyObject(r ->
            r.sourceBucket(bucket)
                .sourceKey("key")
                .destinationBucket(bucket)
                .destinationKey("key")
                .storageClass("STANDARD"));
    HeadObjectResponse head = SERVER.client().headObject(r -> r.bucket(bucket).key("key"));
    assertThat(head.metadata()).containsEntry("colour", "green");
  }

  @Test
  void theConditionOfACopyOntoItselfComesFirst() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () ->
            SERVER
                .client()
                .copyObject(r ->
                    r.sourceBucket(bucket)
                        .sourceKey("key")
                        .destinationBucket(bucket)
                        .destinationKey("key")
                        .ifNoneMatch("*")));
  }

  @Test
  void aCopyThatWouldExceedTheBucketsQuotaIsRefused() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    SERVER.limit(bucket, 9);
    S3Refusals.assertRefused(S3Error.QUOTA_EXCEEDED, () -> copy(bucket, "key", "to"));
  }

  @Test
  void aSourceThatIsNotThereIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> copy(bucket, "nothing", "to"));
  }

  @Test
  void aSourceThatIsNotTheOneExpectedIsRefused() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () ->
            SERVER
                .client()
                .copyObject(r ->
                    r.sourceBucket(bucket)
                        .sourceKey("key")
                        .destinationBucket(bucket)
                        .destinationKey("to")
                        .copySourceIfMatch("\"other\"")));
  }

  @Test
  void anOlderVersionIsCopied() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    String first = bucket.put("key", "one");
    bucket.put("key", "two");
    CopyObjectResponse answer =
        SERVER
            .client()
            .copyObject(r ->
                r.sourceBucket(bucket.name())
                    .sourceKey("key")
                    .sourceVersionId(first)
                    .destinationBucket(bucket.name())
                    .destinationKey("key"));
    assertThat(answer.copySourceVersionId()).isEqualTo(first);
    assertThat(bucket.text("key")).isEqualTo("one");
    assertThat(bucket.text("key", answer.versionId())).isEqualTo("one");
  }

  @Test
  void aCopyMayBeEncryptedWithAnotherKey() {
    String bucket = SERVER.bucket();
    CallersKey from = CallersKey.of(1);
    CallersKey to = CallersKey.of(2);
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("from").overrideConfiguration(from::bring),
            RequestBody.fromString("secret"));
    SERVER
        .client()
        .copyObject(r ->
            r.sourceBucket(bucket)
                .sourceKey("from")
                .destinationBucket(bucket)
                .destinationKey("to")
                .overrideConfiguration(o -> {
                  from.bringForSource(o);
                  to.bring(o);
                }));
    assertThat(
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket(bucket).key("to").overrideConfiguration(to::bring))
                .asUtf8String())
        .isEqualTo("secret");
  }

  private static void copy(String bucket, String from, String to) {
    SERVER
        .client()
        .copyObject(r ->
            r.sourceBucket(bucket).sourceKey(from).destinationBucket(bucket).destinationKey(to));
  }

  private static void put(String bucket, String key) {
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key(key).metadata(Map.of("colour", "green")),
            RequestBody.fromString("hello"));
  }

  @Test
  void whatWasDeletedIsCopiedBackFromTheBucketAsItWas() {
    String bucket = SERVER.bucket();
    put(bucket, "key");
    String past = new PastNames(SERVER).now(bucket);
    SERVER.client().deleteObject(r -> r.bucket(bucket).key("key"));
    SERVER
        .client()
        .copyObject(r ->
            r.sourceBucket(past).sourceKey("key").destinationBucket(bucket).destinationKey("key"));
    assertThat(SERVER.client().headObject(r -> r.bucket(bucket).key("key")).contentLength())
        .isPositive();
  }

  @Test
  void aCopyHasItsOwnRedirectionOrNone() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("from").websiteRedirectLocation("/a"),
            RequestBody.fromString("text"));
    copy(bucket, "from", "plain");
    SERVER
        .client()
        .copyObject(r ->
            r.sourceBucket(bucket)
                .sourceKey("from")
                .destinationBucket(bucket)
                .destinationKey("moved")
                .websiteRedirectLocation("/b"));
    assertThat(redirection(bucket, "plain")).isNull();
    assertThat(redirection(bucket, "moved")).isEqualTo("/b");
  }

  private static String redirection(String bucket, String key) {
    return SERVER.client().headObject(r -> r.bucket(bucket).key(key)).websiteRedirectLocation();
  }

  @Test
  void directivesThatAreNoneAreRefusedWereTheSourceNotThere() throws IOException {
    for (String what : List.of("metadata", "tagging")) {
      String answer =
          new RawS3(SERVER, "PUT", "/" + SERVER.bucket() + "/key")
              .header("x-amz-copy-source", "/not-there/key")
              .header("x-amz-" + what + "-directive", "MOVE")
              .send();
      assertThat(answer).contains("InvalidArgument", "Unknown " + what + " directive.", ">MOVE<");
    }
  }

  @Test
  void aSourceThatCanBeNoneIsRefused() throws IOException {
    for (String source : List.of("bucket/%zz", "192.168.1.1/key", "bucket/", "bucket")) {
      String answer =
          new RawS3(SERVER, "PUT", "/" + SERVER.bucket() + "/key")
              .header("x-amz-copy-source", source)
              .send();
      assertThat(answer).as(source).contains("InvalidArgument", "Invalid copy source");
    }
  }
}
