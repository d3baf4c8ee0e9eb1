package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

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
  void onlyTheBucketsOfARegionMayBeAskedFor() {
    SERVER
        .client()
        .createBucket(r ->
            r.bucket("far-away").createBucketConfiguration(c -> c.locationConstraint("eu-west-2")));
    SERVER.client().createBucket(r -> r.bucket("far-off"));
    assertThat(names("eu-west-2")).containsExactly("far-away");
    assertThat(names("us-east-1")).containsExactly("far-off");
  }

  private static List<String> names(String region) {
    return SERVER
        .client()
        .listBuckets(r -> r.prefix("far-").bucketRegion(region))
        .buckets()
        .stream()
        .map(Bucket::name)
        .toList();
  }

  @Test
  void aPageOfNoneOrOfMoreThanTenThousandIsRefused() {
    for (int most : List.of(0, 10_001)) {
      assertThatThrownBy(() -> SERVER.client().listBuckets(r -> r.maxBuckets(most)))
          .isInstanceOfSatisfying(
              S3Exception.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument"));
    }
  }
}
