package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

class ListObjectsV2Test {
  @RegisterExtension static final S3TestServer SERVER = new S3TestServer();

  private static final String BUCKET = "listed";
  private static final List<String> KEYS = List.of("a/1", "a/2", "b", "c/d/e", "é");

  @BeforeAll
  static void put() {
    SERVER.client().createBucket(r -> r.bucket(BUCKET));
    for (String key : KEYS.reversed()) {
      SERVER.client().putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString("x"));
    }
  }

  @Test
  void keysAreListedInTheOrderOfTheirBytes() {
    assertThat(
            SERVER.client().listObjectsV2(r -> r.bucket(BUCKET)).contents().stream()
                .map(S3Object::key))
        .containsExactlyElementsOf(KEYS);
  }

  @Test
  void keysBelowAPrefixAreGroupedByADelimiter() {
    var page = SERVER.client().listObjectsV2(r -> r.bucket(BUCKET).prefix("c/").delimiter("/"));
    assertThat(page.contents()).isEmpty();
    assertThat(page.commonPrefixes().stream().map(CommonPrefix::prefix)).containsExactly("c/d/");
  }

  @Test
  void pagesGoOnWhereTheLastEnded() {
    List<String> seen =
        SERVER.client().listObjectsV2Paginator(r -> r.bucket(BUCKET).maxKeys(2)).contents().stream()
            .map(S3Object::key)
            .toList();
    assertThat(seen).containsExactlyElementsOf(KEYS);
  }

  @Test
  void groupsAndKeysArePagedTogether() {
    List<String> groups =
        SERVER
            .client()
            .listObjectsV2Paginator(r -> r.bucket(BUCKET).maxKeys(1).delimiter("/"))
            .commonPrefixes()
            .stream()
            .map(CommonPrefix::prefix)
            .toList();
    assertThat(groups).containsExactly("a/", "c/");
  }

  @Test
  void aListingMayBeginAfterAKey() {
    assertThat(
            SERVER
                .client()
                .listObjectsV2(r -> r.bucket(BUCKET).startAfter("a/2"))
                .contents()
                .stream()
                .map(S3Object::key))
        .containsExactly("b", "c/d/e", "é");
  }

  @Test
  void aForgedTokenIsRefused() {
    S3Refusals.assertRefused(
        S3Error.INVALID_ARGUMENT,
        () -> SERVER.client().listObjectsV2(r -> r.bucket(BUCKET).continuationToken("###")));
  }

  @Test
  void aBucketIsListedAsItWas() {
    String bucket = SERVER.bucket();
    SERVER.client().putObject(r -> r.bucket(bucket).key("a/b"), RequestBody.fromString("text"));
    String past = new PastNames(SERVER).nowWithoutAt(bucket);
    SERVER.client().deleteObject(r -> r.bucket(bucket).key("a/b"));
    ListObjectsV2Response then = SERVER.client().listObjectsV2(r -> r.bucket(past).delimiter("/"));
    assertThat(then.commonPrefixes().getFirst().prefix()).isEqualTo("a/");
    assertThat(SERVER.client().listObjectsV2(r -> r.bucket(bucket)).contents()).isEmpty();
  }
}
