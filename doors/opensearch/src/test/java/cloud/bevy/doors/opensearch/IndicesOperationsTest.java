package cloud.bevy.doors.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.doors.opensearch.OpenSearchServer.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is asked of indexes, operation by operation: each test begins with the name of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IndicesOperationsTest {
  private OpenSearchServer server;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    server = new OpenSearchServer(folder);
  }

  @AfterAll
  void close() {
    server.close();
  }

  private void make(String... names) throws IOException {
    for (String name : names) {
      String title = "{'mappings': {'properties': {'title': {'type': 'text'}}}}";
      assertThat(server.ask("PUT", "/" + name, title).status()).isEqualTo(200);
    }
  }

  @Test
  void indicesCreateKnowsTypesThatAreFoundAsOthers() throws IOException {
    String mappings =
        "{'mappings':{'properties':{'m':{'type':'match_only_text'},'w':{'type':'wildcard'},"
            + "'b':{'type':'binary'},'t':{'type':'text','index_prefixes':{'min_chars':2}}}}}";
    assertThat(server.ask("PUT", "/sometypes", mappings).status()).isEqualTo(200);
    server.ask("PUT", "/sometypes/_doc/1", "{'m':'some words','w':'a b c','b':'YQ=='}");
    Said said = server.ask("GET", "/sometypes/_mapping");
    assertThat(said.at("sometypes.mappings.properties.m.type")).isEqualTo("match_only_text");
    assertThat(said.at("sometypes.mappings.properties.b")).isEqualTo(Map.of("type", "binary"));
    for (String query : List.of("m:words", "w:a*c")) {
      assertThat(server.ask("GET", "/sometypes/_count?q=" + query).at("count"))
          .as(query)
          .isEqualTo(1L);
    }
  }

  @Test
  void indicesGetSettingsShowsThoseThatAreNamed() throws IOException {
    server.ask("PUT", "/someset/_doc/1", "{'a': 1}");
    assertThat(server.ask("GET", "/someset/_settings/index.number_of_*").at("someset.settings"))
        .isEqualTo(Map.of("index", Map.of("number_of_shards", "1", "number_of_replicas", "0")));
    assertThat(server.ask("GET", "/someset/_settings/index.version.*?flat_settings=true").text())
        .contains("\"index.version.created\":");
    assertThat(server.ask("GET", "/someset/_stats/docs").at("_all.total.docs.count")).isEqualTo(1L);
  }

  @Test
  void indicesCreateMakesATableWithAnIndex() throws IOException {
    make("made");
    assertThat(server.ask("PUT", "/made").at("error.type"))
        .isEqualTo("resource_already_exists_exception");
    assertThat(server.tables().table("made").description().name()).isEqualTo("made");
    assertThat(server.ask("PUT", "/odd", "{'frob': {}}").at("error.type"))
        .isEqualTo("parsing_exception");
  }

  @Test
  void indicesCreateGivesAliasesToo() throws IOException {
    assertThat(server.ask("PUT", "/made2", "{'aliases': {'second': {}}}").status()).isEqualTo(200);
    assertThat(server.ask("GET", "/second/_count").at("count")).isEqualTo(0L);
    assertThat(server.ask("PUT", "/second").at("error.type"))
        .isEqualTo("invalid_index_name_exception");
  }

  @Test
  void indicesGetShowsAliasesMappingsAndSettings() throws IOException {
    make("shown");
    server.ask("PUT", "/shown/_alias/showing");
    Said said = server.ask("GET", "/shown");
    assertThat(said.at("shown.aliases")).isEqualTo(Map.of("showing", Map.of()));
    assertThat(said.at("shown.mappings.properties.title.type")).isEqualTo("text");
    assertThat(said.at("shown.settings.index.number_of_shards")).isEqualTo("1");
  }

  @Test
  void indicesExistsSaysWhetherThereIsOne() throws IOException {
    make("exists");
    assertThat(server.ask("HEAD", "/exists").status()).isEqualTo(200);
    assertThat(server.ask("HEAD", "/nothing").status()).isEqualTo(404);
  }

  @Test
  void indicesDeleteDeletesTheTable() throws IOException {
    make("gone");
    assertThat(server.ask("DELETE", "/gone").at("acknowledged")).isEqualTo(true);
    assertThat(server.ask("GET", "/gone").status()).isEqualTo(404);
    assertThat(server.ask("DELETE", "/go*").status()).isEqualTo(400);
  }

  @Test
  void indicesDeleteTakesAliasesWithItAndIsNotForThem() throws IOException {
    make("behind");
    server.ask("PUT", "/behind/_alias/front");
    assertThat(server.ask("DELETE", "/front").at("error.type"))
        .isEqualTo("illegal_argument_exception");
    assertThat(server.ask("DELETE", "/front,none?ignore_unavailable=true").status()).isEqualTo(200);
    assertThat(server.ask("HEAD", "/behind").status()).isEqualTo(200);
    server.ask("DELETE", "/behind");
    make("behind");
    assertThat(server.ask("GET", "/front/_search").status()).isEqualTo(404);
  }

  @Test
  void indicesGetMappingShowsFields() throws IOException {
    make("mapped");
    assertThat(server.ask("GET", "/mapped/_mapping").at("mapped.mappings.properties.title.type"))
        .isEqualTo("text");
  }

  @Test
  void indicesGetFieldMappingShowsSomeFields() throws IOException {
    make("fields1");
    Said said = server.ask("GET", "/fields1/_mapping/field/ti*");
    assertThat(said.at("fields1.mappings.title.mapping.title.type")).isEqualTo("text");
    assertThat(server.ask("GET", "/fields1/_mapping/field/x").at("fields1.mappings"))
        .isEqualTo(Map.of());
  }

  @Test
  void indicesResolveIndexNamesIndexesAndAliases() throws IOException {
    make("resolved");
    server.ask("PUT", "/resolved/_alias/resolving");
    Said said = server.ask("GET", "/_resolve/index/resolv*");
    assertThat(said.at("indices.0.name")).isEqualTo("resolved");
    assertThat(said.at("indices.0.aliases")).isEqualTo(List.of("resolving"));
    assertThat(said.at("aliases.0.indices")).isEqualTo(List.of("resolved"));
  }

  @Test
  void indicesPutMappingAddsFieldsAndChangesNoTypes() throws IOException {
    make("remapped");
    String path = "/remapped/_mapping";
    assertThat(server.ask("PUT", path, "{'properties': {'n': {'type': 'long'}}}").status())
        .isEqualTo(200);
    assertThat(server.ask("PUT", path, "{'properties': {'n': {'type': 'text'}}}").status())
        .isEqualTo(400);
  }

  @Test
  void indicesGetSettingsShowsThoseThatThereAre() throws IOException {
    make("settings");
    assertThat(server.ask("GET", "/settings/_settings").at("settings.settings.index.provided_name"))
        .isEqualTo("settings");
  }

  @Test
  void indicesPutSettingsIsTakenAndChangesNothing() throws IOException {
    make("settings2");
    String body = "{'index': {'refresh_interval': '30s'}}";
    assertThat(server.ask("PUT", "/settings2/_settings", body).at("acknowledged")).isEqualTo(true);
    assertThat(server.ask("PUT", "/settings3/_settings", body).status()).isEqualTo(404);
  }

  @Test
  void indicesRefreshWaitsUntilAllIsInTheIndex() throws IOException {
    make("refreshed");
    assertThat(server.ask("POST", "/refreshed/_refresh").at("_shards.successful")).isEqualTo(1L);
  }

  @Test
  void indicesFlushIsTaken() throws IOException {
    make("flushed");
    assertThat(server.ask("POST", "/flushed/_flush").at("_shards.failed")).isEqualTo(0L);
  }

  @Test
  void indicesForcemergeIsTaken() throws IOException {
    make("merged");
    assertThat(server.ask("POST", "/merged/_forcemerge").at("_shards.failed")).isEqualTo(0L);
  }

  @Test
  void indicesClearCacheIsTaken() throws IOException {
    make("cached");
    assertThat(server.ask("POST", "/cached/_cache/clear").at("_shards.failed")).isEqualTo(0L);
  }

  @Test
  void indicesStatsCountDocuments() throws IOException {
    server.ask("PUT", "/stats/_doc/1", "{'a': 1}");
    Said said = server.ask("GET", "/stats/_stats");
    assertThat(said.at("indices.stats.primaries.docs.count")).isEqualTo(1L);
    assertThat(said.at("_all.total.docs.count")).isEqualTo(1L);
  }

  @Test
  void indicesValidateQueryJudgesWithoutAsking() throws IOException {
    make("judged");
    String path = "/judged/_validate/query?explain=true";
    assertThat(server.ask("POST", path, "{'query': {'match_all': {}}}").at("valid"))
        .isEqualTo(true);
    assertThat((String) server.ask("POST", path, "{'query': {'frob': {}}}").at("error"))
        .contains("frob");
  }

  @Test
  void indicesAnalyzeShowsTheWordsOfATextWithTheirPlaces() throws IOException {
    Said said = server.ask("POST", "/_analyze", "{'text': 'Crème BRÛLÉE 2'}");
    assertThat(said.at("tokens.0"))
        .isEqualTo(
            Map.of(
                "token",
                "creme",
                "start_offset",
                0L,
                "end_offset",
                5L,
                "type",
                "<ALPHANUM>",
                "position",
                0L));
    assertThat(said.at("tokens.1.token")).isEqualTo("brulee");
    assertThat(said.at("tokens.2.type")).isEqualTo("<NUM>");
    Said english =
        server.ask("GET", "/_analyze", "{'analyzer': 'english', 'text': ['running', 'shoes']}");
    assertThat(english.at("tokens.0.token")).isEqualTo("run");
    assertThat(english.at("tokens.1.start_offset")).isEqualTo(8L);
    assertThat((Long) english.at("tokens.1.position")).isGreaterThan(100L);
  }

  @Test
  void indicesAnalyzeGoesByTheFieldsOfAnIndex() throws IOException {
    String body =
        "{'mappings': {'properties': {'text': {'type': 'text', 'analyzer': 'english',"
            + " 'fields': {'keyword': {'type': 'keyword'}}}, 'tag': {'type': 'keyword'}}}}";
    server.ask("PUT", "/words", body);
    for (String field : List.of("text=run", "tag=Running", "text.keyword=Running", "other=run")) {
      String[] both = field.split("=", 2);
      String asked = "{'field': '" + both[0] + "', 'text': 'Running'}";
      assertThat(server.ask("POST", "/words/_analyze", asked).at("tokens.0.token"))
          .as(field)
          .isEqualTo(both[1]);
    }
    for (String refused :
        List.of(
            "{}",
            "{'text': 'a', 'tokenizer': 'ngram'}",
            "{'text': 'a', 'analyzer': 'frob'}",
            "{'text': 'a', 'field': 'b'}",
            "{'text': '" + "a ".repeat(10_001) + "'}")) {
      assertThat(server.ask("POST", "/_analyze", refused).at("error.type"))
          .isEqualTo("illegal_argument_exception");
    }
  }

  @Test
  void indicesPutAliasIsAnotherNameForReadingAndWriting() throws IOException {
    make("books1");
    assertThat(server.ask("PUT", "/books1/_alias/books").at("acknowledged")).isEqualTo(true);
    server.ask("PUT", "/books/_doc/1", "{'title': 'Dune'}");
    assertThat(server.ask("GET", "/books1/_doc/1").at("found")).isEqualTo(true);
    assertThat(server.ask("GET", "/books/_doc/1").at("found")).isEqualTo(true);
    assertThat(server.ask("GET", "/books/_search?q=dune").at("hits.hits.0._index"))
        .isEqualTo("books1");
    for (String odd : List.of("Has%20space", "a%2Ab", "_hidden", "books1")) {
      assertThat(server.ask("PUT", "/books1/_alias/" + odd).at("error.type"))
          .as(odd)
          .isEqualTo("invalid_alias_name_exception");
    }
    assertThat(server.ask("PUT", "/books1/_alias/x", "{'filter': {}}").status()).isEqualTo(400);
  }

  @Test
  void indicesPutAliasOfSeveralIndexesNeedsOneToWriteTo() throws IOException {
    make("log-1", "log-2");
    server.ask("PUT", "/log-1,log-2/_alias/logs");
    assertThat(server.ask("PUT", "/logs/_doc/1", "{}").at("error.type"))
        .isEqualTo("illegal_argument_exception");
    server.ask("PUT", "/log-2/_alias/logs", "{'is_write_index': true}");
    server.ask("PUT", "/logs/_doc/1", "{}");
    assertThat(server.ask("GET", "/log-2/_count").at("count")).isEqualTo(1L);
    assertThat(server.ask("GET", "/logs/_count").at("count")).isEqualTo(1L);
    assertThat(server.ask("GET", "/logs/_doc/1").at("error.type"))
        .isEqualTo("illegal_argument_exception");
    Said second = server.ask("PUT", "/log-1/_alias/logs", "{'is_write_index': true}");
    assertThat(second.at("error.type")).isEqualTo("illegal_argument_exception");
  }

  @Test
  void indicesGetAliasSaysWhichIndexesHaveWhich() throws IOException {
    make("named1", "named2");
    server.ask("PUT", "/named1/_alias/first");
    server.ask("PUT", "/named1,named2/_alias/both");
    assertThat(server.ask("GET", "/_alias/both").tree()).containsOnlyKeys("named1", "named2");
    assertThat(server.ask("GET", "/named1/_alias").at("named1.aliases"))
        .isEqualTo(Map.of("first", Map.of(), "both", Map.of()));
    Said none = server.ask("GET", "/named2/_alias/first");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.at("error")).isEqualTo("alias [first] missing");
    Said some = server.ask("GET", "/_alias/first,nobody,b*,x*,noone");
    assertThat(some.status()).isEqualTo(404);
    assertThat(some.at("error")).isEqualTo("aliases [nobody,noone] missing");
    assertThat(some.at("named1.aliases")).isEqualTo(Map.of("first", Map.of(), "both", Map.of()));
  }

  @Test
  void indicesExistsAliasSaysWhetherThereIsOne() throws IOException {
    make("named3");
    server.ask("PUT", "/named3/_alias/third");
    assertThat(server.ask("HEAD", "/_alias/third").status()).isEqualTo(200);
    assertThat(server.ask("HEAD", "/_alias/fourth").status()).isEqualTo(404);
  }

  @Test
  void indicesDeleteAliasTakesItAway() throws IOException {
    make("named5");
    server.ask("PUT", "/named5/_alias/fifth");
    assertThat(server.ask("DELETE", "/named5/_alias/fifth").status()).isEqualTo(200);
    assertThat(server.ask("DELETE", "/named5/_alias/fifth").at("error.type"))
        .isEqualTo("aliases_not_found_exception");
    assertThat(server.ask("GET", "/fifth/_search").status()).isEqualTo(404);
  }

  @Test
  void indicesUpdateAliasesDoesAllOrNothing() throws IOException {
    make("blue", "green");
    server.ask("PUT", "/blue/_alias/live");
    String swap =
        "{'actions': [{'remove': {'index': 'blue', 'alias': 'live'}},"
            + " {'add': {'index': 'green', 'alias': 'live'}}%s]}";
    String wrong = ", {'add': {'index': 'green', 'alias': 'no spaces'}}";
    assertThat(server.ask("POST", "/_aliases", swap.formatted(wrong)).status()).isEqualTo(400);
    assertThat(server.ask("GET", "/_alias/live").tree()).containsOnlyKeys("blue");
    assertThat(server.ask("POST", "/_aliases", swap.formatted("")).status()).isEqualTo(200);
    assertThat(server.ask("GET", "/_alias/live").tree()).containsOnlyKeys("green");
  }

  @Test
  void indicesPutIndexTemplateSaysHowIndexesWillBe() throws IOException {
    String template =
        "{'index_patterns': ['day-*'], 'priority': %d, 'template': {'mappings': {'properties':"
            + " {'%s': {'type': 'keyword'}}}, 'aliases': {'days': {}}}}";
    server.ask("PUT", "/_index_template/all-days", template.formatted(1, "low"));
    server.ask("PUT", "/_index_template/days", template.formatted(2, "high"));
    server.ask("PUT", "/day-1/_doc/1", "{'other': 1}");
    Said mapping = server.ask("GET", "/day-1/_mapping");
    assertThat(mapping.at("day-1.mappings.properties.high.type")).isEqualTo("keyword");
    assertThat(mapping.at("day-1.mappings.properties.low")).isNull();
    assertThat(server.ask("GET", "/days/_count").at("count")).isEqualTo(1L);
    for (String refused :
        List.of(
            "{}",
            "{'index_patterns': ['a'], 'data_stream': {}}",
            "{'index_patterns': ['a'], 'composed_of': ['b']}",
            "{'index_patterns': ['a'], 'template': {'mappings': {'frob': 1}}}")) {
      assertThat(server.ask("PUT", "/_index_template/wrong", refused).status()).isEqualTo(400);
    }
  }

  @Test
  void indicesGetIndexTemplateShowsThem() throws IOException {
    server.ask("PUT", "/_index_template/shown", "{'index_patterns': ['s-*'], 'version': 3}");
    Said said = server.ask("GET", "/_index_template/sho*");
    assertThat(said.at("index_templates.0.name")).isEqualTo("shown");
    assertThat(said.at("index_templates.0.index_template.version")).isEqualTo(3L);
    assertThat(server.ask("GET", "/_index_template/none").at("error.type"))
        .isEqualTo("resource_not_found_exception");
  }

  @Test
  void indicesExistsIndexTemplateSaysWhetherThereIsOne() throws IOException {
    server.ask("PUT", "/_index_template/exists", "{'index_patterns': ['e-*']}");
    assertThat(server.ask("HEAD", "/_index_template/exists").status()).isEqualTo(200);
    assertThat(server.ask("HEAD", "/_index_template/none").status()).isEqualTo(404);
  }

  @Test
  void indicesDeleteIndexTemplateForgetsIt() throws IOException {
    server.ask("PUT", "/_index_template/gone", "{'index_patterns': ['g-*']}");
    assertThat(server.ask("DELETE", "/_index_template/gone").status()).isEqualTo(200);
    assertThat(server.ask("DELETE", "/_index_template/gone").status()).isEqualTo(404);
  }
}
