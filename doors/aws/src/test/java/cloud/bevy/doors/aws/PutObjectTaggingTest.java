package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

class PutObjectTaggingTest {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  @Test
  void nothingButTheTagsOfAnObjectChanges() throws IOException {
    String bucket = SERVER.bucket();
    SERVER
        .client()
        .putObject(
            r -> r.bucket(bucket).key("key").tagging("old=1").metadata(Map.of("a", "b")),
            RequestBody.fromString("hello"));
    HeadObjectResponse before = head(bucket);
    put(bucket, tag("colour", "grün"), tag("empty", ""));
    HeadObjectResponse after = head(bucket);
    assertThat(after.eTag()).isEqualTo(before.eTag());
    assertThat(after.lastModified()).isEqualTo(before.lastModified());
    assertThat(after.metadata()).isEqualTo(before.metadata());
    assertThat(SERVER.client().getObjectAsBytes(r -> r.bucket(bucket).key("key")).asUtf8String())
        .isEqualTo("hello");
    assertThat(SERVER.client().getObjectTagging(r -> r.bucket(bucket).key("key")).tagSet())
        .containsExactly(tag("colour", "grün"), tag("empty", ""));
  }

  @Test
  void theMarkOfADeletionIsNotTagged() {
    VersionedBucket bucket = VersionedBucket.on(SERVER);
    bucket.put("key", "one");
    bucket.delete("key");
    S3Refusals.assertRefused(S3Error.METHOD_NOT_ALLOWED, () -> put(bucket.name(), tag("a", "b")));
  }

  @Test
  void anObjectHasAtMostTenTags() {
    String bucket = withObject();
    Tag[] tags = IntStream.range(0, 11).mapToObj(i -> tag("key" + i, "value")).toArray(Tag[]::new);
    put(bucket, List.of(tags).subList(0, 10).toArray(Tag[]::new));
    S3Refusals.assertRefused(S3Error.BAD_REQUEST, () -> put(bucket, tags));
    assertThat(SERVER.client().getObjectTagging(r -> r.bucket(bucket).key("key")).tagSet())
        .hasSize(10);
  }

  @Test
  void aKeyHasAtMost128CharactersAndAValue256() {
    String bucket = withObject();
    put(bucket, tag("k".repeat(128), "ü".repeat(256)));
    S3Refusals.assertRefused(S3Error.INVALID_TAG, () -> put(bucket, tag("k".repeat(129), "value")));
    S3Refusals.assertRefused(S3Error.INVALID_TAG, () -> put(bucket, tag("key", "v".repeat(257))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "aws:reserved", "AWS:reserved", "semi;colon", "line\nbreak"})
  void aKeyThatIsEmptyReservedOrHasOtherCharactersIsRefused(String key) {
    String bucket = withObject();
    S3Refusals.assertRefused(S3Error.INVALID_TAG, () -> put(bucket, tag(key, "value")));
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    String bucket = withObject();
    S3Refusals.assertRefused(S3Error.INVALID_TAG, () -> put(bucket, tag("a", "1"), tag("a", "2")));
  }

  @Test
  void anObjectThatIsNotThereIsNotTagged() {
    String bucket = SERVER.bucket();
    S3Refusals.assertRefused(S3Error.NO_SUCH_KEY, () -> put(bucket, tag("a", "b")));
  }

  private static String withObject() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString("hello"));
    return bucket;
  }

  private static void put(String bucket, Tag... tags) {
    SERVER.client().putObjectTagging(r -> r.bucket(bucket).key("key").tagging(t -> t.tagSet(tags)));
  }

  private static HeadObjectResponse head(String bucket) {
    return SERVER.client().headObject(r -> r.bucket(bucket).key("key"));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
