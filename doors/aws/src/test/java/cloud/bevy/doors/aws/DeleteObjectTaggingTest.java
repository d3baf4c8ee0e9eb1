package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;

class DeleteObjectTaggingTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theTagsAreGoneAndTheObjectIsThere() {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").tagging("a=b"), RequestBody.fromString("hello"));
    SERVER.client().deleteObjectTagging(r -> r.bucket(bucket).key("key"));
    assertThat(SERVER.client().getObjectTagging(r -> r.bucket(bucket).key("key")).tagSet())
        .isEmpty();
    assertThat(SERVER.client().headObject(r -> r.bucket(bucket).key("key")).tagCount()).isNull();
  }

  @Test
  void anObjectThatIsNotThereHasNoTagsToDelete() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_KEY,
        () -> SERVER.client().deleteObjectTagging(r -> r.bucket(bucket).key("key")));
  }
}
