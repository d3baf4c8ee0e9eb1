package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class CreateMultipartUploadTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void anUploadHasAnIdOfItsOwn() {
    String bucket = SERVER.bucket();
    assertThat(id(bucket)).isNotEqualTo(id(bucket));
  }

  @Test
  void aChecksumThatCannotBeHadIsRefused() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.INVALID_REQUEST,
        () ->
            SERVER
                .client()
                .createMultipartUpload(r ->
                    r.bucket(bucket)
                        .key("key")
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .checksumType(ChecksumType.FULL_OBJECT)));
  }

  private static String id(String bucket) {
    return SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key")).uploadId();
  }

  @Test
  void whereAWebSiteSendsVisitorsIsKept() {
    String bucket = SERVER.bucket();
    String id =
        SERVER
            .client()
            .createMultipartUpload(
                r -> r.bucket(bucket).key("moved").websiteRedirectLocation("/there"))
            .uploadId();
    String etag =
        SERVER
            .client()
            .uploadPart(
                r -> r.bucket(bucket).key("moved").uploadId(id).partNumber(1),
                RequestBody.fromString("text"))
            .eTag();
    SERVER
        .client()
        .completeMultipartUpload(r ->
            r.bucket(bucket)
                .key("moved")
                .uploadId(id)
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag(etag).build())));
    assertThat(
            SERVER
                .client()
                .headObject(r -> r.bucket(bucket).key("moved"))
                .websiteRedirectLocation())
        .isEqualTo("/there");
  }
}
