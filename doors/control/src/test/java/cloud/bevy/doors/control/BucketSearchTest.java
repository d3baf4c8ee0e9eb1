package cloud.bevy.doors.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.WriteCondition;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command asks about indexes of buckets.
final class BucketSearchTest {
  private final World world = RealWorld.create((level, sentence) -> {});
  private Clouds clouds;
  private Indexes indexes;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    indexes = new Indexes(world, folder.resolve("search"), SearchLimits.defaults());
    clouds.create("default");
    try (Lease lease = clouds.open("default").orElseThrow()) {
      Buckets buckets = Buckets.in(lease.cloud());
      BucketName name = new BucketName("notes");
      buckets.create(name, "");
      for (Map.Entry<String, String> each :
          Map.of("a.md", "# Cold beer", "b.txt", "tea\0", "c.bin", "x").entrySet()) {
        byte[] bytes = each.getValue().getBytes(StandardCharsets.UTF_8);
        buckets
            .find(name)
            .orElseThrow()
            .put(
                new ObjectKey(each.getKey()),
                ObjectAttributes.NONE,
                Content.of(new ByteArrayInputStream(bytes), bytes.length),
                WriteCondition.always());
      }
    }
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  private Map<String, Object> ask(String method, String path, String body)
      throws IOException, ControlRefusal {
    ControlRequest request =
        new ControlRequest(
            method,
            List.of(path.split("/")),
            Map.of(),
            new ByteArrayInputStream(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    IndexBucket index = new IndexBucket(clouds, indexes);
    SearchBucket search = new SearchBucket(clouds, indexes);
    assertThat(index.answers(method, path)).isNotEqualTo(search.answers(method, path));
    return index.answers(method, path) ? index.answer(request) : search.answer(request);
  }

  @Test
  void aBucketIsGivenAnIndexAndSearchedAndItsStatusSaysWhatHasNoText() throws Exception {
    assertThat(ask("GET", "buckets/notes/index", "")).containsEntry("indexed", false);
    String reason = "it is not text: it has bytes that no text has";
    assertThat(ask("POST", "buckets/notes/index", "{}"))
        .containsEntry("indexed", true)
        .containsEntry("prefixes", List.of(""))
        .containsEntry("objects", 3L)
        .containsEntry("texts", 1L)
        .containsEntry("reasons", Map.of(reason, 1L))
        .containsEntry("without", Map.of("b.txt", reason));
    Map<String, Object> answer =
        ask("POST", "buckets/notes/search", "{'query':{'match':{'title':'beer'}}}");
    assertThat(answer.get("hits").toString()).contains("_id=a.md", "title=Cold beer");
    assertThat(ask("POST", "buckets/notes/index", "{'suffixes':['.bin'],'encrypted':true}"))
        .containsEntry("objects", 1L)
        .containsEntry("encrypted", true);
    assertThat(ask("DELETE", "buckets/notes/index", "")).containsEntry("dropped", true);
    assertThatThrownBy(() -> ask("POST", "buckets/notes/search", "{}"))
        .isInstanceOf(ControlRefusal.class)
        .hasMessageContaining("has no index");
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThatThrownBy(() -> ask("POST", "buckets/nobody/index", "{}"))
        .hasMessageContaining("there is no bucket");
    assertThatThrownBy(() -> ask("POST", "buckets/notes/index", "{'fields':1}"))
        .hasMessageContaining("no \"fields\"");
    assertThatThrownBy(() -> ask("POST", "buckets/notes/index", "{'prefixes':[1]}"))
        .hasMessageContaining("lists strings");
    assertThatThrownBy(() -> ask("POST", "buckets/notes/index", "{'language':'klingon'}"))
        .hasMessageContaining("klingon");
  }
}
