package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

class S3IdentityTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void usersSeeTheirOwnBuckets() {
    String owners = SERVER.bucket();
    S3Client ann = SERVER.clientOf("ann");
    ann.createBucket(r -> r.bucket("anns"));
    assertThat(names(ann)).containsExactly("anns");
    assertThat(names(SERVER.client())).contains(owners).doesNotContain("anns");
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> SERVER.client().listObjectsV2(r -> r.bucket("anns")));
    assertThat(ann.listBuckets().owner().id()).isEqualTo(SERVER.account("ann").id());
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.BUCKET_ALREADY_EXISTS,
        () -> SERVER.clientOf("ann").createBucket(r -> r.bucket(bucket)));
  }

  @Test
  void aKeyThatOnlyReadsChangesNothing() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    S3Client reader = SERVER.clientOf(new AccessKeyLimits("", true, List.of()));
    assertThat(reader.getObjectAsBytes(r -> r.bucket(bucket).key("key")).asUtf8String())
        .isEqualTo("x");
    assertThat(names(reader)).contains(bucket);
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () -> reader.putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("y")));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> reader.deleteObject(r -> r.bucket(bucket).key("key")));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> reader.createBucket(r -> r.bucket("another")));
  }

  @Test
  void aKeyForAPrefixReachesNothingElse() {
    String bucket = SERVER.bucket();
    String other = SERVER.bucket();
    S3Client key = SERVER.clientOf(new AccessKeyLimits("", false, List.of(bucket + "/in/")));
    key.putObject(r -> r.bucket(bucket).key("in/a"), RequestBody.fromString("x"));
    assertThat(key.listObjectsV2(r -> r.bucket(bucket).prefix("in/")).keyCount()).isOne();
    assertThat(names(key)).containsExactly(bucket);
    key.headBucket(r -> r.bucket(bucket));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () -> key.putObject(r -> r.bucket(bucket).key("out"), RequestBody.fromString("x")));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> key.listObjectsV2(r -> r.bucket(bucket)));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> key.listObjectsV2(r -> r.bucket(other)));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> key.deleteBucketPolicy(r -> r.bucket(bucket)));
  }

  @Test
  void whoDoesNotSignIsNobody() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> SERVER.anonymous().listObjectsV2(r -> r.bucket(bucket)));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_BUCKET, () -> SERVER.anonymous().listObjectsV2(r -> r.bucket("not-there")));
    S3Refusals.assertRefused(S3Error.ACCESS_DENIED, () -> SERVER.anonymous().listBuckets());
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> SERVER.anonymous().createBucket(r -> r.bucket("made")));
  }

  @Test
  void aBucketMustBeWhoseTheRequestSaysItIs() {
    String bucket = SERVER.bucket();
    String owner = SERVER.account("").id();
    SERVER.client().getBucketLocation(r -> r.bucket(bucket).expectedBucketOwner(owner));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED,
        () ->
            SERVER
                .client()
                .getBucketLocation(
                    r -> r.bucket(bucket).expectedBucketOwner(SERVER.account("ann").id())));
  }

  @Test
  void eachOperationIsKnownActions() {
    assertThat(S3Routes.ALL)
        .allSatisfy(route ->
            assertThat(S3Actions.of(route.operation(), false))
                .allMatch(action -> action.matches("s3:[A-Z][A-Za-z]+")));
    assertThat(S3Actions.of("GetObjectAcl", true)).containsExactly("s3:GetObjectVersionAcl");
    assertThat(S3Actions.of("HeadObject", true)).containsExactly("s3:GetObjectVersion");
  }

  private static List<String> names(S3Client client) {
    return client.listBuckets().buckets().stream().map(Bucket::name).toList();
  }
}
