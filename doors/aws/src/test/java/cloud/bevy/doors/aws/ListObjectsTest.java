package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

class ListObjectsTest {
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
  void aMarkerBelowAGroupIsBehindTheGroup() {
    String group = SERVER.bucket();
    for (String key : List.of("in/a/1", "in/a/2", "in/b")) {
      SERVER.client().putObject(r -> r.bucket(group).key(key), RequestBody.fromString("x"));
    }
    ListObjectsResponse answer =
        SERVER
            .client()
            .listObjects(r -> r.bucket(group).prefix("in/").delimiter("/").marker("in/a/1"));
    assertThat(answer.commonPrefixes()).isEmpty();
    assertThat(answer.contents()).extracting(S3Object::key).containsExactly("in/b");
  }

  @Test
  void keysAreListedInTheOrderOfTheirBytes() {
    assertThat(
            SERVER.client().listObjects(r -> r.bucket(BUCKET)).contents().stream()
                .map(S3Object::key))
        .containsExactlyElementsOf(KEYS);
  }

  @Test
  void keysBelowAPrefixAreGroupedByADelimiter() {
    var page = SERVER.client().listObjects(r -> r.bucket(BUCKET).prefix("c/").delimiter("/"));
    assertThat(page.contents()).isEmpty();
    assertThat(page.commonPrefixes().stream().map(CommonPrefix::prefix)).containsExactly("c/d/");
  }

  @Test
  void theNextMarkerOfAPageMayBeAGroup() {
    ListObjectsResponse first =
        SERVER.client().listObjects(r -> r.bucket(BUCKET).maxKeys(1).delimiter("/"));
    assertThat(first.nextMarker()).isEqualTo("a/");
    ListObjectsResponse second =
        SERVER.client().listObjects(r -> r.bucket(BUCKET).maxKeys(1).delimiter("/").marker("a/"));
    assertThat(second.contents().stream().map(S3Object::key)).containsExactly("b");
  }
}
