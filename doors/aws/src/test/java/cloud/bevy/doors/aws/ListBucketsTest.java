package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

class ListBucketsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void bucketsAreListedInPagesInTheOrderOfTheirNames() {
    for (String name : List.of("page-c", "page-a", "page-b", "other")) {
      SERVER.client().createBucket(r -> r.bucket(name));
    }
    ListBucketsResponse first = SERVER.client().listBuckets(r -> r.prefix("page-").maxBuckets(2));
    ListBucketsResponse second =
        SERVER
            .client()
            .listBuckets(
                r -> r.prefix("page-").maxBuckets(2).continuationToken(first.continuationToken()));
    assertThat(first.buckets().stream().map(Bucket::name)).containsExactly("page-a", "page-b");
    assertThat(second.buckets().stream().map(Bucket::name)).containsExactly("page-c");
    assertThat(second.continuationToken()).isNull();
  }

  @Test
  void thoseOfOneRegionAreListed() {
    SERVER.client().createBucket(r -> r.bucket("at-home"));
    SERVER
        .client()
        .createBucket(r ->
            r.bucket("abroad").createBucketConfiguration(c -> c.locationConstraint("eu-north-1")));
    assertThat(SERVER.client().listBuckets(r -> r.bucketRegion("eu-north-1")).buckets())
        .extracting(Bucket::name)
        .containsExactly("abroad");
    assertThat(SERVER.client().listBuckets(r -> r.bucketRegion("us-east-1")).buckets())
        .extracting(Bucket::name)
        .contains("at-home")
        .doesNotContain("abroad");
  }

  @Test
  void aPageHasFromOneToTenThousandBuckets() {
    for (int most : new int[] {0, 10_001}) {
      S3Refusals.assertRefused(
          S3Error.INVALID_ARGUMENT, () -> SERVER.client().listBuckets(r -> r.maxBuckets(most)));
    }
  }
}
