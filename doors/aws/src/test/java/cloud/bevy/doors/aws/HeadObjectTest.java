package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class HeadObjectTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void itSaysWhatAGetWouldSay() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("hello"));
    HeadObjectResponse head = SERVER.client().headObject(r -> r.bucket(bucket).key("key"));
    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.contentType()).isNotEmpty();
    assertThat(head.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(head.acceptRanges()).isEqualTo("bytes");
  }

  @Test
  void anObjectThatIsNotThereIsNotFound() {
    String bucket = SERVER.bucket();
    assertThatThrownBy(() -> SERVER.client().headObject(r -> r.bucket(bucket).key("nothing")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
  }
}
