package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Part;

class ListPartsTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void partsAreListedInPagesInTheOrderOfTheirNumbers() {
    String bucket = SERVER.bucket();
    String id = SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key")).uploadId();
    for (int number : List.of(9, 2, 300)) {
      SERVER
          .client()
          .uploadPart(
              r -> r.bucket(bucket).key("key").uploadId(id).partNumber(number),
              RequestBody.fromString("x"));
    }
    assertThat(
            SERVER
                .client()
                .listPartsPaginator(r -> r.bucket(bucket).key("key").uploadId(id).maxParts(2))
                .parts()
                .stream()
                .map(Part::partNumber))
        .containsExactly(2, 9, 300);
  }

  @Test
  void anUploadThatIsNotThereIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_UPLOAD,
        () -> SERVER.client().listParts(r -> r.bucket(bucket).key("key").uploadId("unknown")));
  }
}
