package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionTransition;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Transition;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

class GetBucketLifecycleConfigurationTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theRulesAreReadBackAsTheyWerePut() {
    String bucket = SERVER.bucket();
    List<LifecycleRule> rules =
        List.of(
            rule("everything", f -> f.prefix("")).expiration(e -> e.days(3)).build(),
            rule("on a day", f -> f.tag(t -> t.key("a").value("b")))
                .status(ExpirationStatus.DISABLED)
                .expiration(e -> e.date(Instant.parse("2030-01-01T00:00:00Z")))
                .transitions(
                    Transition.builder()
                        .date(Instant.parse("2029-01-01T00:00:00Z"))
                        .storageClass(TransitionStorageClass.GLACIER)
                        .build())
                .build(),
            rule(
                    "all at once",
                    f ->
                        f.and(a ->
                            a.prefix("logs/")
                                .tags(Tag.builder().key("a").value("b").build())
                                .objectSizeGreaterThan(1L)
                                .objectSizeLessThan(1000L)))
                .noncurrentVersionExpiration(e -> e.noncurrentDays(40).newerNoncurrentVersions(2))
                .noncurrentVersionTransitions(
                    NoncurrentVersionTransition.builder()
                        .noncurrentDays(30)
                        .storageClass(TransitionStorageClass.STANDARD_IA)
                        .build())
                .build(),
            rule("uploads", f -> f.prefix("parts/"))
                .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(7))
                .expiration(e -> e.expiredObjectDeleteMarker(true))
                .build());
    SERVER
        .client()
        .putBucketLifecycleConfiguration(r ->
            r.bucket(bucket)
                .transitionDefaultMinimumObjectSize("varies_by_storage_class")
                .lifecycleConfiguration(c -> c.rules(rules)));
    GetBucketLifecycleConfigurationResponse read =
        SERVER.client().getBucketLifecycleConfiguration(r -> r.bucket(bucket));
    assertThat(read.rules()).isEqualTo(rules);
    assertThat(read.transitionDefaultMinimumObjectSizeAsString())
        .isEqualTo("varies_by_storage_class");
  }

  @Test
  void aRuleInTheFirstFormStaysInIt() throws IOException {
    String bucket = SERVER.bucket();
    new RawS3(SERVER, "PUT", "/" + bucket + "?lifecycle")
        .body(
            "<LifecycleConfiguration><Rule><ID>one</ID><Prefix>a</Prefix><Status>Enabled</Status>"
                + "<Expiration><Days>2</Days></Expiration></Rule></LifecycleConfiguration>")
        .send();
    assertThat(new RawS3(SERVER, "GET", "/" + bucket + "?lifecycle").send())
        .contains(
            "<Rule><ID>one</ID><Prefix>a</Prefix><Status>Enabled</Status>"
                + "<Expiration><Days>2</Days></Expiration></Rule>");
  }

  @Test
  void aRuleWithoutAnIdIsGivenOne() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putBucketLifecycleConfiguration(r ->
            r.bucket(bucket)
                .lifecycleConfiguration(c ->
                    c.rules(
                        rule(null, f -> f.prefix("a")).expiration(e -> e.days(1)).build(),
                        rule(null, f -> f.prefix("b")).expiration(e -> e.days(1)).build())));
    assertThat(SERVER.client().getBucketLifecycleConfiguration(r -> r.bucket(bucket)).rules())
        .extracting(LifecycleRule::id)
        .doesNotContainNull()
        .doesNotHaveDuplicates();
  }

  @Test
  void aBucketWithoutRulesHasNoConfiguration() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_LIFECYCLE_CONFIGURATION,
        () -> SERVER.client().getBucketLifecycleConfiguration(r -> r.bucket(bucket)));
  }

  private static LifecycleRule.Builder rule(
      @Nullable String id, Consumer<LifecycleRuleFilter.Builder> filter) {
    return LifecycleRule.builder().id(id).status(ExpirationStatus.ENABLED).filter(filter);
  }
}
