package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

class ListMultipartUploadsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aMarkerThatIsNoUploadsIdIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_ARGUMENT,
        () ->
            SERVER
                .client()
                .listMultipartUploads(
                    r -> r.bucket(bucket).keyMarker("key").uploadIdMarker("none")));
    assertThat(
            SERVER
                .client()
                .listMultipartUploads(r -> r.bucket(bucket).uploadIdMarker("none"))
                .uploads())
        .isEmpty();
  }

  @Test
  void uploadsAreListedInPagesByKeyAndThenByWhenTheyBegan() {
    String bucket = SERVER.bucket();
    for (String key : List.of("b", "a", "b")) {
      SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key(key));
    }
    assertThat(
            SERVER
                .client()
                .listMultipartUploadsPaginator(r -> r.bucket(bucket).maxUploads(2))
                .uploads()
                .stream()
                .map(MultipartUpload::key))
        .containsExactly("a", "b", "b");
  }

  @Test
  void uploadsBelowAPrefixAreGroupedByADelimiter() {
    String bucket = SERVER.bucket();
    for (String key : List.of("x/1/a", "x/1/b", "x/2", "y")) {
      SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key(key));
    }
    var page =
        SERVER.client().listMultipartUploads(r -> r.bucket(bucket).prefix("x/").delimiter("/"));
    assertThat(page.uploads().stream().map(MultipartUpload::key)).containsExactly("x/2");
    assertThat(page.commonPrefixes().stream().map(CommonPrefix::prefix)).containsExactly("x/1/");
  }

  @Test
  void aMarkerThatIsNoUploadsIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_ARGUMENT,
        () ->
            SERVER
                .client()
                .listMultipartUploads(
                    r -> r.bucket(bucket).keyMarker("key").uploadIdMarker("none")));
  }
}
