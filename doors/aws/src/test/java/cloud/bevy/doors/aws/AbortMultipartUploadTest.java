package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

class AbortMultipartUploadTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void anUploadThatWasAbortedIsGone() {
    String bucket = SERVER.bucket();
    String id = SERVER.client().createMultipartUpload(r -> r.bucket(bucket).key("key")).uploadId();
    SERVER
        .client()
        .uploadPart(
            r -> r.bucket(bucket).key("key").uploadId(id).partNumber(1),
            RequestBody.fromString("x"));
    abort(bucket, id);
    assertThat(SERVER.client().listMultipartUploads(r -> r.bucket(bucket)).uploads()).isEmpty();
    S3Refusals.assertRefused(S3Error.NO_SUCH_UPLOAD, () -> abort(bucket, id));
  }

  private static void abort(String bucket, String id) {
    SERVER.client().abortMultipartUpload(r -> r.bucket(bucket).key("key").uploadId(id));
  }
}
