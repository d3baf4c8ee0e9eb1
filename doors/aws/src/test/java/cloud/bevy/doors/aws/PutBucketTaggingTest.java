package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.Tag;

class PutBucketTaggingTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void theTagsOfABucketAreTheOnesPutLast() {
    String bucket = SERVER.bucket();
    put(bucket, 2);
    put(bucket, 1);
    assertThat(SERVER.client().getBucketTagging(r -> r.bucket(bucket)).tagSet())
        .containsExactly(tag("0", "value"));
  }

  @Test
  void aBucketHasAtMost50Tags() {
    String bucket = SERVER.bucket();
    put(bucket, 50);
    S3Refusals.assertRefused(S3Error.BAD_REQUEST, () -> put(bucket, 51));
    assertThat(SERVER.client().getBucketTagging(r -> r.bucket(bucket)).tagSet()).hasSize(50);
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    S3Refusals.assertRefused(S3Error.INVALID_TAG, () -> put(tag("a", "1"), tag("a", "2")));
  }

  @Test
  void aKeyThatIsReservedIsRefused() {
    S3Refusals.assertRefused(S3Error.INVALID_TAG, () -> put(tag("aws:a", "1")));
  }

  @Test
  void aDocumentThatIsNoSetOfTagsIsRefused() throws IOException {
    String bucket = SERVER.bucket();
    String answer =
        new RawS3(SERVER, "PUT", "/" + bucket + "?tagging")
            .body("<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>")
            .send();
    assertThat(answer).startsWith("HTTP/1.1 400").contains("<Code>MalformedXML</Code>");
  }

  @Test
  void aDocumentWithoutASetOfTagsTakesThemAway() throws IOException {
    String bucket = SERVER.bucket();
    put(bucket, 1);
    assertThat(
            new RawS3(SERVER, "PUT", "/" + bucket + "?tagging").body("<Tagging></Tagging>").send())
        .startsWith("HTTP/1.1 204");
    S3Refusals.assertRefused(
        S3Error.NO_SUCH_TAG_SET, () -> SERVER.client().getBucketTagging(r -> r.bucket(bucket)));
  }

  private static void put(String bucket, int count) {
    List<Tag> tags =
        IntStream.range(0, count).mapToObj(i -> tag(Integer.toString(i), "value")).toList();
    SERVER.client().putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(tags)));
  }

  private static void put(Tag... tags) {
    String bucket = SERVER.bucket();
    SERVER.client().putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(tags)));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
