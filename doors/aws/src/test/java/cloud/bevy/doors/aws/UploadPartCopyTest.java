package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class UploadPartCopyTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void aPartMayBeARangeOfAnObject() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("from"), RequestBody.fromString("0123456"));
    String id = SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("to")).uploadId();
    String etag = copy(bucket, id, "bytes=2-4");
    SERVER
        .client()
        .completeMultipartUpload(r ->
            r.bucket(bucket)
                .key("to")
                .uploadId(id)
                .multipartUpload(
                    u -> u.parts(CompletedPart.builder().partNumber(1).eTag(etag).build())));
    assertThat(SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("to")).asUtf8String())
        .isEqualTo("234");
  }

  @Test
  void aRangeThatTheObjectHasNotIsRefused() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("from"), RequestBody.fromString("0123456"));
    String id = SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("to")).uploadId();
    S3Refusals.assertRefused(S3Error.INVALID_RANGE, () -> copy(bucket, id, "bytes=2-7"));
    S3Refusals.assertRefused(S3Error.INVALID_ARGUMENT, () -> copy(bucket, id, "bytes=2-"));
  }

  private static String copy(String bucket, String id, String range) {
    return SERVER
        .client()
        .uploadPartCopy(r ->
            r.sourceBucket(bucket)
                .sourceKey("from")
                .copySourceRange(range)
                .destinationBucket(bucket)
                .destinationKey("to")
                .uploadId(id)
                .partNumber(1))
        .copyPartResult()
        .eTag();
  }
}
