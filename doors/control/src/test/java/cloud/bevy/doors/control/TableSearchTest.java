package cloud.bevy.doors.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.PlainItems;
import cloud.bevy.services.search.SearchLimits;
import cloud.bevy.services.tables.KeyAttribute;
import cloud.bevy.services.tables.KeySchema;
import cloud.bevy.services.tables.KeyType;
import cloud.bevy.services.tables.TableDefinition;
import cloud.bevy.services.tables.Tables;
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

/// What the command asks about indexes.
final class TableSearchTest {
  private final World world = RealWorld.create((level, sentence) -> {});
  private Clouds clouds;
  private Indexes indexes;

  @BeforeEach
  void open(@TempDir Path folder) {
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    indexes = new Indexes(world, folder.resolve("search"), SearchLimits.defaults());
    clouds.create("default");
    try (Lease lease = clouds.open("default").orElseThrow()) {
      Tables tables = Tables.of(lease.cloud());
      KeySchema keys = new KeySchema(new KeyAttribute("p", KeyType.S), null);
      tables.create(TableDefinition.of("notes", keys));
      tables.table("notes").put(PlainItems.item(Map.of("p", "a", "title", "cold beer")), null);
    }
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  private Map<String, Object> ask(String method, String path, Map<String, String> query)
      throws IOException, ControlRefusal {
    return ask(method, path, query, "");
  }

  private Map<String, Object> ask(
      String method, String path, Map<String, String> query, String body)
      throws IOException, ControlRefusal {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ControlRequest request =
        new ControlRequest(
            method, List.of(path.split("/", -1)), query, new ByteArrayInputStream(bytes));
    for (ControlOperation operation :
        List.of(new IndexTable(clouds, indexes), new SearchTable(clouds, indexes))) {
      if (operation.answers(method, path)) {
        return operation.answer(request);
      }
    }
    throw new AssertionError(path);
  }

  @Test
  void aTableIsGivenAnIndexAndSearched() throws Exception {
    assertThat(ask("GET", "tables/notes/index", Map.of())).containsEntry("indexed", false);
    assertThat(ask("POST", "tables/notes/index", Map.of("text", "title", "vector", "v:3")))
        .containsEntry("fields", Map.of("text", List.of("title"), "vector", List.of("v:3")))
        .containsEntry("items", 1L);
    Map<String, Object> answer =
        ask(
            "POST",
            "tables/notes/search",
            Map.of(),
            "{\"query\":{\"match\":{\"title\":\"beer\"}}}");
    assertThat(answer.get("hits").toString()).contains("title=cold beer", "_id=a");
    assertThat(ask("DELETE", "tables/notes/index", Map.of())).containsEntry("dropped", true);
    assertThatThrownBy(() -> ask("POST", "tables/notes/search", Map.of(), "{}"))
        .isInstanceOf(ControlRefusal.class)
        .hasMessageContaining("has no index");
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThatThrownBy(() -> ask("POST", "tables/nobody/index", Map.of("text", "a")))
        .isInstanceOf(ControlRefusal.class)
        .hasMessageContaining("there is no table");
    assertThatThrownBy(() -> ask("POST", "tables/notes/index", Map.of()))
        .isInstanceOf(ControlRefusal.class)
        .hasMessageContaining("1 to");
    assertThatThrownBy(() -> ask("POST", "tables/notes/index", Map.of("vector", "v")))
        .isInstanceOf(ControlRefusal.class)
        .hasMessageContaining("dimensions");
    assertThatThrownBy(() -> ask("POST", "tables/notes/search", Map.of(), "nonsense"))
        .isInstanceOf(ControlRefusal.class)
        .hasMessageContaining("parsing_exception");
  }
}
