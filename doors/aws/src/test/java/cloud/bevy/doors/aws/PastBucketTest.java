package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Buckets as they were, through S3.
class PastBucketTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  private final PastNames names = new PastNames(SERVER);
  private String bucket = "";
  private String past = "";

  @BeforeEach
  void change() {
    bucket = SERVER.bucket();
    put("a.txt", "0123456789");
    put("b.txt", "was there");
    past = names.now(bucket);
    put("a.txt", "something else");
    SERVER.client().deleteObject(r -> r.bucket(bucket).key("b.txt"));
    put("c.txt", "is new");
  }

  private void put(String key, String text) {
    put(bucket, key, text);
  }

  private static void put(String bucket, String key, String text) {
    SERVER.client().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  private static String get(S3Client client, String bucket, String key) {
    return client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
  }

  private static String get(String bucket, String key) {
    return get(SERVER.client(), bucket, key);
  }

  @Test
  void whatWasOverwrittenOrDeletedIsRead() {
    assertThat(get(past, "a.txt")).isEqualTo("0123456789");
    assertThat(get(past, "b.txt")).isEqualTo("was there");
    assertThat(get(bucket, "a.txt")).isEqualTo("something else");
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> get(past, "c.txt"));
    assertThat(SERVER.client().headObject(r -> r.bucket(past).key("b.txt")).contentLength())
        .isEqualTo(9);
  }

  @Test
  void aNameWithoutAnAtSignMeansTheSame() {
    String other = past.replace("@", "--at--");
    assertThat(get(other, "a.txt")).isEqualTo("0123456789");
  }

  @Test
  void rangesAndConditionsHold() {
    assertThat(
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket(past).key("a.txt").range("bytes=2-4"))
                .asUtf8String())
        .isEqualTo("234");
    GetObjectResponse then =
        SERVER.client().getObjectAsBytes(r -> r.bucket(past).key("a.txt")).response();
    S3Refusals.assertRefused(
        S3Error.PRECONDITION_FAILED,
        () ->
            SERVER
                .client()
                .getObjectAsBytes(r -> r.bucket(bucket).key("a.txt").ifMatch(then.eTag())));
  }

  @Test
  void bothListsTellWhatWasThere() {
    assertThat(
            SERVER.client().listObjectsV2(r -> r.bucket(past)).contents().stream()
                .map(S3Object::key))
        .containsExactly("a.txt", "b.txt");
    var page = SERVER.client().listObjects(r -> r.bucket(past).maxKeys(1));
    assertThat(page.contents().stream().map(S3Object::key)).containsExactly("a.txt");
    assertThat(page.name()).isEqualTo(past);
    assertThat(page.isTruncated()).isTrue();
  }

  @Test
  void versionsAreListedAndReadAsTheyWere() {
    VersionedBucket versioned = VersionedBucket.on(SERVER);
    String one = versioned.put("key", "one");
    String two = versioned.put("key", "two");
    String then = names.now(versioned.name());
    String three = versioned.put("key", "three");
    S3Client client = SERVER.client();
    client.deleteObject(r -> r.bucket(versioned.name()).key("key").versionId(one));
    assertThat(ids(then)).containsExactly(two, one);
    assertThat(ids(versioned.name())).containsExactly(three, two);
    assertThat(client.listObjectVersions(r -> r.bucket(then)).name()).isEqualTo(then);
    assertThat(text(then, one)).isEqualTo("one");
    assertThat(text(then, two)).isEqualTo("two");
    S3Refusals.assertRefused(S3Error.NO_SUCH_VERSION, () -> text(then, three));
    S3Refusals.assertRefused(S3Error.NO_SUCH_VERSION, () -> text(versioned.name(), one));
  }

  private static List<String> ids(String bucket) {
    return SERVER.client().listObjectVersions(r -> r.bucket(bucket)).versions().stream()
        .map(ObjectVersion::versionId)
        .toList();
  }

  private static String text(String bucket, String version) {
    return SERVER
        .client()
        .getObjectAsBytes(r -> r.bucket(bucket).key("key").versionId(version))
        .asUtf8String();
  }

  @Test
  void objectsAreCopiedOutOfIt() {
    SERVER
        .client()
        .copyObject(r ->
            r.sourceBucket(past)
                .sourceKey("a.txt")
                .destinationBucket(bucket)
                .destinationKey("a.txt"));
    assertThat(get(bucket, "a.txt")).isEqualTo("0123456789");
  }

  @Test
  void itIsHeadedAndLocated() {
    assertThat(SERVER.client().headBucket(r -> r.bucket(past)).bucketRegion())
        .isEqualTo("us-east-1");
    assertThat(SERVER.client().getBucketLocation(r -> r.bucket(past)).locationConstraintAsString())
        .isNullOrEmpty();
  }

  @Test
  void nothingOfItCanBeChanged() {
    S3Client client = SERVER.client();
    S3Refusals.assertRefused(S3Error.METHOD_NOT_ALLOWED, () -> put(past, "d.txt", "text"));
    S3Refusals.assertRefused(
        S3Error.METHOD_NOT_ALLOWED, () -> client.deleteObject(r -> r.bucket(past).key("a.txt")));
    S3Refusals.assertRefused(
        S3Error.METHOD_NOT_ALLOWED,
        () ->
            client.deleteObjects(r ->
                r.bucket(past)
                    .delete(
                        Delete.builder()
                            .objects(List.of(ObjectIdentifier.builder().key("a.txt").build()))
                            .build())));
    S3Refusals.assertRefused(
        S3Error.METHOD_NOT_ALLOWED,
        () -> client.createMultipartUpload(r -> r.bucket(past).key("a.txt")));
    S3Refusals.assertRefused(
        S3Error.METHOD_NOT_ALLOWED, () -> client.deleteBucket(r -> r.bucket(past)));
    S3Refusals.assertRefused(
        S3Error.METHOD_NOT_ALLOWED,
        () -> client.createBucket(r -> r.bucket(names.nowWithoutAt(bucket))));
    assertThat(get(bucket, "a.txt")).isEqualTo("something else");
  }

  @Test
  void bytesThatAreKeptNoLongerAreRefusedAndNeverWrong() {
    names.keepNothing(bucket);
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> get(past, "a.txt"));
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> get(past.replace("@", "--at--"), "b.txt"));
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(past)).contents()).hasSize(2);
  }

  @Test
  void itIsReadByWhoMayReadVersions() {
    S3Client ann = SERVER.clientOf("ann");
    allow("s3:GetObject");
    assertThat(get(ann, bucket, "a.txt")).isEqualTo("something else");
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(ann, past, "a.txt"));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(ann, past, "nothing"));
    allow("s3:GetObjectVersion");
    assertThat(get(ann, past, "a.txt")).isEqualTo("0123456789");
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(ann, past, "nothing"));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> ann.listObjectsV2(r -> r.bucket(past)));
  }

  @Test
  void itIsNeverPublic() {
    SERVER.client().deletePublicAccessBlock(r -> r.bucket(bucket));
    String policy = Policies.of("Allow", "s3:*", bucket + "/*", "");
    SERVER.client().putBucketPolicy(r -> r.bucket(bucket).policy(policy));
    assertThat(get(SERVER.anonymous(), bucket, "a.txt")).isEqualTo("something else");
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> get(SERVER.anonymous(), past, "a.txt"));
  }

  private void allow(String action) {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "%s",
         "Principal": {"AWS": "arn:aws:iam:::user/ann"}, "Resource": "arn:aws:s3:::%s/*"}]}
        """
            .formatted(action, bucket);
    SERVER.client().putBucketPolicy(r -> r.bucket(bucket).policy(policy));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@yesterday", "@v", "@", "--at--2026", "@2026-13-01T00:00:00Z", "@1h30"})
  void whatIsNoPointInTimeIsRefused(String when) {
    S3Refusals.assertRefused(S3Error.INVALID_BUCKET_NAME, () -> get(bucket + when, "a.txt"));
  }

  @Test
  void whatIsStillToComeOrBeforeTheBucketIsRefused() {
    S3Refusals.assertRefused(
        S3Error.INVALID_ARGUMENT, () -> get(bucket + "@2999-01-01T00:00:00Z", "a.txt"));
    S3Refusals.assertRefused(S3Error.INVALID_ARGUMENT, () -> get(bucket + "@v999999", "a.txt"));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_BUCKET, () -> get(bucket + "@2001-01-01T00:00:00Z", "a.txt"));
    S3Refusals.assertRefused(S3Error.NO_SUCH_BUCKET, () -> get(bucket + "@-2h", "a.txt"));
    S3Refusals.assertRefused(S3Error.NO_SUCH_BUCKET, () -> get("no-such@v1", "a.txt"));
  }

  @Test
  void aMomentIsWrittenInManyWays() {
    Instant now = Instant.now();
    String basic = now.toString().replaceAll("\\.[0-9]+Z", ".999Z").replaceAll("[-:]", "");
    assertThat(get(bucket + "@" + now, "a.txt")).isEqualTo("something else");
    assertThat(get(bucket + "@-0s", "a.txt")).isEqualTo("something else");
    assertThat(get(bucket + "--at--0s", "a.txt")).isEqualTo("something else");
    String earlier = basic.replace(".999Z", "Z");
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_BUCKET,
        () -> get(bucket + "--at--" + earlier.replaceFirst("^20", "19").toLowerCase(), "a.txt"));
  }
}
