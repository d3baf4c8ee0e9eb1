package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.Tag;

class CreateBucketTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aBucketMayBeMadeWithTags() {
    SERVER
        .client()
        .createBucket(r ->
            r.bucket("with-tags")
                .createBucketConfiguration(
                    c -> c.tags(Tag.builder().key("team").value("bees").build())));
    assertThat(SERVER.client().getBucketTagging(r -> r.bucket("with-tags")).tagSet())
        .containsExactly(Tag.builder().key("team").value("bees").build());
    S3Refusals.assertRefused(
        S3Error.INVALID_TAG,
        () ->
            SERVER
                .client()
                .createBucket(r ->
                    r.bucket("with-bad-tags")
                        .createBucketConfiguration(
                            c -> c.tags(Tag.builder().key("a,b").value("").build()))));
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_BUCKET,
        () -> SERVER.client().listObjectsV2(r -> r.bucket("with-bad-tags")));
  }

  @Test
  void aBucketThatWasMadeIsListed() {
    String bucket = SERVER.bucket();
    assertThat(SERVER.client().listBuckets().buckets())
        .anySatisfy(listed -> assertThat(listed.name()).isEqualTo(bucket));
  }

  @Test
  void aBucketOfARegionIsMadeOnce() {
    Consumer<CreateBucketRequest.Builder> request =
        r ->
            r.bucket("in-a-region")
                .createBucketConfiguration(c -> c.locationConstraint("eu-central-1"));
    SERVER.client().createBucket(request);
    S3Refusals.assertRefused(
        S3Error.BUCKET_ALREADY_OWNED_BY_YOU, () -> SERVER.client().createBucket(request));
  }

  @Test
  void aRegionOfTheCallersOwnIsRememberedWhereTheRequestIsSignedForIt() throws S3Exception {
    assertThat(Regions.remembered("home", Optional.of("home"))).isEqualTo("home");
    assertThatThrownBy(() -> Regions.remembered("home", Optional.of("us-east-1")))
        .isInstanceOf(S3Exception.class);
    assertThatThrownBy(() -> Regions.remembered("us-east-1", Optional.of("us-east-1")))
        .isInstanceOf(S3Exception.class);
    assertThatThrownBy(() -> Regions.remembered("a b", Optional.of("a b")))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void aBucketOfNoRegionMayBeMadeAgainAndKeepsItsObjects() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    SERVER.client().createBucket(r -> r.bucket(bucket));
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).contents()).hasSize(1);
  }

  @Test
  void aBucketMayBeMadeWithAListThatLetsEverybodyRead() {
    SERVER.client().createBucket(r -> r.bucket("for-all").acl("public-read"));
    assertThat(SERVER.anonymous().listObjectsV2(r -> r.bucket("for-all")).keyCount()).isZero();
  }

  @Test
  void aListIsRefusedWhereTheBucketIsToHaveNone() {
    S3Refusals.assertRefused(
        S3Error.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP,
        () ->
            SERVER
                .client()
                .createBucket(r ->
                    r.bucket("no-lists")
                        .acl("public-read")
                        .objectOwnership("BucketOwnerEnforced")));
  }

  @Test
  void aNewBucketIsForItsOwnerOnly() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("x"));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> SERVER.anonymous().listObjectsV2(r -> r.bucket(bucket)));
    S3Refusals.assertRefused(
        S3Error.ACCESS_DENIED, () -> SERVER.clientOf("ann").listObjectsV2(r -> r.bucket(bucket)));
  }

  @Test
  void aNameThatIsNoBucketsNameIsRefused() {
    S3Refusals.assertRefused(
        S3Error.INVALID_BUCKET_NAME,
        () -> SERVER.client().createBucket(r -> r.bucket("sthree-abc")));
  }

  @Test
  void aRegionThatCanBeNoneIsRefused() {
    for (String region : List.of("foo", "mars-north-1", "us-east-1", "Somewhere Else")) {
      S3Refusals.assertRefused(
          S3Error.INVALID_LOCATION_CONSTRAINT,
          () ->
              SERVER
                  .client()
                  .createBucket(r ->
                      r.bucket("nowhere")
                          .createBucketConfiguration(c -> c.locationConstraint(region))));
    }
  }
}
