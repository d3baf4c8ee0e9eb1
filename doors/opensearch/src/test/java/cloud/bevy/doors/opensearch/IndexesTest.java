package cloud.bevy.doors.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.doors.opensearch.OpenSearchServer.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Indexes, their mappings, and what is found in them.
final class IndexesTest {
  private static final String BOOKS =
      """
      {'mappings': {'properties': {
        'title': {'type': 'text', 'fields': {'keyword': {'type': 'keyword'}}},
        'tags': {'type': 'keyword'},
        'year': {'type': 'integer'},
        'price': {'type': 'double'},
        'lent': {'type': 'boolean'},
        'bought': {'type': 'date'},
        'secret': {'type': 'keyword', 'index': false},
        'author': {'properties': {'name': {'type': 'text'}}},
        'vector': {'type': 'knn_vector', 'dimension': 2, 'space_type': 'cosinesimil'}}},
       'settings': {'index': {'knn': true, 'number_of_shards': 1}}}
      """;

  @TempDir private Path folder;
  private OpenSearchServer server;

  @BeforeEach
  void open() throws IOException {
    server = new OpenSearchServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void load() throws IOException {
    server.ask("PUT", "/books", BOOKS);
    server.ask(
        "POST",
        "/books/_bulk",
        """
        {'index': {'_id': 'moby'}}
        {'title': 'Moby Dick', 'tags': ['sea', 'whale'], 'year': 1851, 'vector': [1, 0]}
        {'index': {'_id': 'sea'}}
        {'title': 'The Old Man and the Sea', 'tags': ['sea'], 'year': 1952, 'vector': [1, 1]}
        {'index': {'_id': 'dune'}}
        {'title': 'Dune', 'tags': ['sand'], 'year': 1965, 'lent': true, 'vector': [0, 1]}
        """);
  }

  @Test
  void anIndexIsMadeShownAndDeleted() throws IOException {
    assertThat(server.ask("HEAD", "/books").status()).isEqualTo(404);
    assertThat(server.ask("PUT", "/books", BOOKS).at("index")).isEqualTo("books");
    assertThat(server.ask("HEAD", "/books").status()).isEqualTo(200);
    Said again = server.ask("PUT", "/books", BOOKS);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.at("error.type")).isEqualTo("resource_already_exists_exception");
    Said shown = server.ask("GET", "/books/_mapping");
    Map<?, ?> properties = (Map<?, ?>) shown.at("books.mappings.properties");
    assertThat(properties.get("year")).isEqualTo(Map.of("type", "integer"));
    assertThat(properties.get("price")).isEqualTo(Map.of("type", "double"));
    assertThat(properties.get("lent")).isEqualTo(Map.of("type", "boolean"));
    assertThat(properties.get("secret")).isEqualTo(Map.of("type", "keyword", "index", false));
    assertThat(properties.get("title"))
        .isEqualTo(Map.of("type", "text", "fields", Map.of("keyword", Map.of("type", "keyword"))));
    assertThat(properties.get("author"))
        .isEqualTo(Map.of("properties", Map.of("name", Map.of("type", "text"))));
    assertThat(properties.get("vector"))
        .isEqualTo(Map.of("type", "knn_vector", "dimension", 2L, "space_type", "cosinesimil"));
    assertThat(server.ask("GET", "/books").at("books.settings.index.number_of_shards"))
        .isEqualTo("1");
    assertThat(server.ask("GET", "/_cat/indices?format=json").text()).contains("\"books\"");
    assertThat(server.ask("GET", "/_cat/indices?v").text()).startsWith("health status index");
    assertThat(server.ask("DELETE", "/books").at("acknowledged")).isEqualTo(true);
    assertThat(server.ask("DELETE", "/books").at("error.type"))
        .isEqualTo("index_not_found_exception");
    assertThat(server.ask("GET", "/books/_search").status()).isEqualTo(404);
  }

  @Test
  void anEmptyIndexIsSearchedAndLearnsItsFields() throws IOException {
    server.ask("PUT", "/notes");
    assertThat(server.ask("GET", "/notes/_mapping").at("notes.mappings")).isEqualTo(Map.of());
    assertThat(server.ask("GET", "/notes/_search").at("hits.total.value")).isEqualTo(0L);
    server.ask(
        "PUT",
        "/notes/_doc/1",
        "{'text': 'a long story', 'n': 1, 'at': '2026-01-02', 'done': false, 'in': {'x': 1.5},"
            + " 'odd name': 1, 'none': null}");
    Map<?, ?> properties =
        (Map<?, ?>) server.ask("GET", "/notes/_mapping").at("notes.mappings.properties");
    assertThat(properties.toString())
        .contains("n={type=long}", "at={type=date}", "done={type=boolean}", "x={type=float}")
        .doesNotContain("odd", "none");
    assertThat(server.ask("GET", "/notes/_search?q=text:story").ids()).containsExactly("1");
    assertThat(server.ask("POST", "/notes/_search", "{'query': {'term': {'done': false}}}").ids())
        .containsExactly("1");
    assertThat(
            server.ask("POST", "/notes/_search", "{'query': {'range': {'in.x': {'gt': 1}}}}").ids())
        .containsExactly("1");
  }

  @Test
  void aMappingGrowsAndKeepsItsTypes() throws IOException {
    server.ask("PUT", "/books", "{'mappings': {'dynamic': 'strict', 'properties': {}}}");
    Said strict = server.ask("PUT", "/books/_doc/1", "{'name': 'x'}");
    assertThat(strict.at("error.type")).isEqualTo("strict_dynamic_mapping_exception");
    assertThat(
            server
                .ask("PUT", "/books/_mapping", "{'properties': {'name': {'type': 'keyword'}}}")
                .at("acknowledged"))
        .isEqualTo(true);
    assertThat(server.ask("PUT", "/books/_doc/1", "{'name': 'x y'}").status()).isEqualTo(201);
    assertThat(server.ask("POST", "/books/_search", "{'query': {'term': {'name': 'x y'}}}").ids())
        .containsExactly("1");
    Said changed =
        server.ask("PUT", "/books/_mapping", "{'properties': {'name': {'type': 'text'}}}");
    assertThat(changed.at("error.type")).isEqualTo("illegal_argument_exception");
    for (String bad :
        List.of(
            "{'properties': {'a': {'type': 'nested'}}}",
            "{'properties': {'a': {'type': 'text', 'colour': 1}}}",
            "{'properties': {'a': {'type': 'knn_vector'}}}",
            "{'properties': {'a': {'type': 'knn_vector', 'dimension': 100000}}}",
            "{'properties': {'a b': {'type': 'text'}}}",
            "{'properties': {'a': {'type': 'text', 'analyzer': 'klingon'}}}",
            "{'dynamic': 'perhaps'}",
            "{'properties': []}")) {
      assertThat(server.ask("PUT", "/books/_mapping", bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void queriesSortPagesAndAggregationsAreAnswered() throws IOException {
    load();
    Said found =
        server.ask(
            "POST",
            "/books/_search",
            """
            {'query': {'match': {'title': 'sea moby'}}, 'sort': [{'year': 'desc'}],
             '_source': ['title'], 'highlight': {'fields': {'title': {}}}}
            """);
    assertThat(found.ids()).containsExactly("sea", "moby");
    assertThat(found.at("hits.hits.1._source")).isEqualTo(Map.of("title", "Moby Dick"));
    assertThat(found.at("hits.hits.1.highlight.title.0")).isEqualTo("<em>Moby</em> Dick");
    assertThat(found.at("hits.hits.0._index")).isEqualTo("books");
    assertThat(server.ask("GET", "/books/_search?sort=year&from=1&size=1").ids())
        .containsExactly("sea");
    assertThat(
            server.ask("GET", "/books/_search?q=sea&df=title&rest_total_hits_as_int=true").text())
        .contains("\"total\":1");
    Said counted =
        server.ask(
            "POST",
            "/books/_search?typed_keys=true",
            """
            {'size': 0, 'aggs': {'tags': {'terms': {'field': 'tags'},
              'aggs': {'first': {'min': {'field': 'year'}}}},
              'years': {'terms': {'field': 'year'}}}}
            """);
    assertThat(counted.at("aggregations.sterms#tags.buckets.0.key")).isEqualTo("sea");
    assertThat(counted.at("aggregations.sterms#tags.buckets.0.doc_count")).isEqualTo(2L);
    assertThat(counted.at("aggregations.sterms#tags.buckets.0.min#first.value")).isEqualTo(1851.0);
    assertThat(counted.at("aggregations.lterms#years.buckets")).asString().contains("1965");
    assertThat(
            server
                .ask(
                    "POST",
                    "/books/_search",
                    "{'query': {'knn': {'vector': {'vector': [0.1, 1], 'k': 1}}}, 'size': 1}")
                .ids())
        .containsExactly("dune");
    assertThat(
            server.ask("POST", "/books/_count", "{'query': {'term': {'tags': 'sea'}}}").at("count"))
        .isEqualTo(2L);
  }

  @Test
  void severalIndexesAndSeveralSearchesAreAnswered() throws IOException {
    load();
    server.ask("PUT", "/films/_doc/jaws", "{'title': 'Jaws, of the sea'}");
    assertThat(server.ask("GET", "/books,films/_search?q=title:sea").ids())
        .containsExactlyInAnyOrder("sea", "jaws");
    assertThat(server.ask("GET", "/_search?size=2").ids()).hasSize(2);
    assertThat(server.ask("GET", "/_all/_search").at("hits.total.value")).isEqualTo(4L);
    assertThat(server.ask("GET", "/fil*/_search").ids()).containsExactly("jaws");
    assertThat(server.ask("GET", "/books,none/_search").status()).isEqualTo(404);
    assertThat(server.ask("GET", "/books,none/_count?ignore_unavailable=true").at("count"))
        .isEqualTo(3L);
    Said said =
        server.ask(
            "POST",
            "/_msearch",
            """
            {'index': 'books'}
            {'query': {'match': {'title': 'dune'}}}
            {'index': ['films']}
            {'size': 0}
            {'index': 'none'}
            {}
            {'index': 'books'}
            {'query': {'frob': {}}}
            """);
    assertThat(said.at("responses.0.hits.hits.0._id")).isEqualTo("dune");
    assertThat(said.at("responses.1.hits.total.value")).isEqualTo(1L);
    assertThat(said.at("responses.2.error.type")).isEqualTo("index_not_found_exception");
    assertThat(said.at("responses.2.status")).isEqualTo(404L);
    assertThat(said.at("responses.3.status")).isEqualTo(400L);
  }

  @Test
  void starsStandForAnythingInTheNamesOfIndexes() {
    String name = "a".repeat(255);
    assertThat(Place.matches("*a".repeat(100) + "*b", name)).isFalse();
    assertThat(Place.matches("*a".repeat(100) + "*", name)).isTrue();
    for (String pattern : List.of("logs-*", "*", "l*s*1", "logs-1", "logs-1*", "**-1")) {
      assertThat(Place.matches(pattern, "logs-1")).as(pattern).isTrue();
    }
    for (String pattern : List.of("log-*", "", "l*2", "logs-", "logs-11", ".ogs-1")) {
      assertThat(Place.matches(pattern, "logs-1")).as(pattern).isFalse();
    }
  }

  @Test
  void whatAQueryFindsIsDeleted() throws IOException {
    load();
    Said said =
        server.ask(
            "POST", "/books/_delete_by_query", "{'query': {'range': {'year': {'gte': 1900}}}}");
    assertThat(said.at("deleted")).isEqualTo(2L);
    assertThat(said.at("version_conflicts")).isEqualTo(0L);
    assertThat(server.ask("GET", "/books/_search").ids()).containsExactly("moby");
    for (String none : List.of("{}", "{'query': null}")) {
      assertThat(server.ask("POST", "/books/_delete_by_query", none).status()).isEqualTo(400);
    }
  }

  @Test
  void queriesAreJudgedWithoutBeingAsked() throws IOException {
    load();
    String path = "/books/_validate/query";
    assertThat(server.ask("POST", path, "{'query': {'match_all': {}}}").at("valid"))
        .isEqualTo(true);
    Said wrong = server.ask("POST", path + "?explain=true", "{'query': {'frob': {}}}");
    assertThat(wrong.at("valid")).isEqualTo(false);
    assertThat((String) wrong.at("error")).contains("frob");
  }
}
