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
}
