package cloud.bevy.doors.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cloud.bevy.doors.opensearch.OpenSearchServer.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is asked of documents, operation by operation: each test begins with the name of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CoreOperationsTest {
  private OpenSearchServer server;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    server = new OpenSearchServer(folder);
  }

  @AfterAll
  void close() {
    server.close();
  }

  /// Documents `0` to `count - 1` with their number and a word.
  private void load(String index, int count) throws IOException {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < count; i++) {
      body.append("{'index':{'_id':'%d'}}\n{'n':%d,'word':'same %d'}\n".formatted(i, i, i));
    }
    assertThat(server.ask("POST", "/" + index + "/_bulk", body.toString()).at("errors"))
        .isEqualTo(false);
  }

  private static String id(Said said, String name) {
    return String.valueOf(Objects.requireNonNull(said.at(name)));
  }

  @Test
  void infoSaysOpenSearch() throws IOException {
    assertThat(server.ask("GET", "/").at("version.distribution")).isEqualTo("opensearch");
  }

  @Test
  void pingIsAnswered() throws IOException {
    assertThat(server.ask("HEAD", "/").status()).isEqualTo(200);
  }

  @Test
  void indexWritesADocumentAndMakesIdsWhereNoneIsGiven() throws IOException {
    assertThat(server.ask("PUT", "/indexed/_doc/1", "{'a': 1}").status()).isEqualTo(201);
    Said made = server.ask("POST", "/indexed/_doc", "{'a': 2}");
    assertThat(server.ask("GET", "/indexed/_source/" + made.at("_id")).text())
        .isEqualTo("{\"a\":2}");
    assertThat(server.ask("PUT", "/indexed/_doc/1?if_seq_no=0&if_primary_term=1", "{}").status())
        .isEqualTo(409);
  }

  @Test
  void createWritesNoDocumentThatIsThere() throws IOException {
    assertThat(server.ask("PUT", "/created/_create/1", "{'a': 1}").status()).isEqualTo(201);
    assertThat(server.ask("PUT", "/created/_create/1", "{'a': 1}").at("error.type"))
        .isEqualTo("version_conflict_engine_exception");
  }

  @Test
  void getFindsADocumentByItsId() throws IOException {
    load("got", 1);
    assertThat(server.ask("GET", "/got/_doc/0").at("_source.n")).isEqualTo(0L);
    assertThat(server.ask("GET", "/got/_doc/1").at("found")).isEqualTo(false);
  }

  @Test
  void getSourceIsTheDocumentAlone() throws IOException {
    load("sources", 1);
    assertThat(server.ask("GET", "/sources/_source/0?_source_includes=n").text())
        .isEqualTo("{\"n\":0}");
  }

  @Test
  void existsSaysWhetherThereIsADocument() throws IOException {
    load("there", 1);
    assertThat(server.ask("HEAD", "/there/_doc/0").status()).isEqualTo(200);
    assertThat(server.ask("HEAD", "/there/_doc/1").status()).isEqualTo(404);
  }

  @Test
  void existsSourceSaysTheSame() throws IOException {
    load("there2", 1);
    assertThat(server.ask("HEAD", "/there2/_source/0").status()).isEqualTo(200);
    assertThat(server.ask("HEAD", "/there2/_source/1").status()).isEqualTo(404);
  }

  @Test
  void updateShowsWhatIsWantedOfTheDocument() throws IOException {
    load("seen", 1);
    String doc = "'doc':{'n':5,'o':{'a':1,'b':2}}";
    Said some = server.ask("POST", "/seen/_update/0", "{" + doc + ",'_source':['o.a','n']}");
    assertThat(some.at("get._source")).isEqualTo(Map.of("n", 5L, "o", Map.of("a", 1L)));
    Said unchanged =
        server.ask("POST", "/seen/_update/0", "{" + doc + ",'_source':{'excludes':['o','word']}}");
    assertThat(unchanged.at("result")).isEqualTo("noop");
    assertThat(unchanged.at("get._source")).isEqualTo(Map.of("n", 5L));
    Said without = server.ask("POST", "/seen/_update/0?_source_excludes=o,word", "{'doc':{'n':6}}");
    assertThat(without.at("get._source")).isEqualTo(Map.of("n", 6L));
    assertThat(server.ask("POST", "/seen/_update/0", "{" + doc + ",'_source':5}").status())
        .isEqualTo(400);
  }

  @Test
  void updateChangesPartsAndRefusesScripts() throws IOException {
    load("updated", 1);
    server.ask("POST", "/updated/_update/0", "{'doc': {'more': true}}");
    assertThat(server.ask("GET", "/updated/_doc/0").at("_source.more")).isEqualTo(true);
    assertThat(server.ask("POST", "/updated/_update/0", "{'script': {}}").status()).isEqualTo(400);
  }

  @Test
  void deleteTakesADocumentAway() throws IOException {
    load("deleted", 1);
    assertThat(server.ask("DELETE", "/deleted/_doc/0").at("result")).isEqualTo("deleted");
    assertThat(server.ask("DELETE", "/deleted/_doc/0").status()).isEqualTo(404);
  }

  @Test
  void bulkAnswersEachWriteOnItsOwn() throws IOException {
    String body = "{'create':{'_id':'1'}}\n{}\n{'create':{'_id':'1'}}\n{}\n";
    Said said = server.ask("POST", "/bulked/_bulk", body);
    assertThat(said.at("items.0.create.status")).isEqualTo(201L);
    assertThat(said.at("items.1.create.status")).isEqualTo(409L);
  }

  @Test
  void mgetFindsUpToAThousandDocuments() throws IOException {
    load("several", 3);
    Said said = server.ask("POST", "/several/_mget", "{'ids': ['2', '7']}");
    assertThat(said.at("docs.0._source.n")).isEqualTo(2L);
    assertThat(said.at("docs.1.found")).isEqualTo(false);
    String ids = "'1',".repeat(1000) + "'1'";
    assertThat(server.ask("POST", "/several/_mget", "{'ids': [" + ids + "]}").status())
        .isEqualTo(400);
  }

  @Test
  void searchSaysTheVersionsOfHitsByWhichTheyCanBeWritten() throws IOException {
    load("versioned", 1);
    Said plain = server.ask("GET", "/versioned/_search");
    assertThat(plain.at("hits.hits.0._seq_no")).isNull();
    Said said = server.ask("GET", "/versioned/_search?version=true&seq_no_primary_term=true");
    String sequence = id(said, "hits.hits.0._seq_no");
    String path = "/versioned/_doc/0?if_primary_term=1&if_seq_no=" + sequence;
    assertThat(said.at("hits.hits.0._version")).isEqualTo(said.at("hits.hits.0._seq_no"));
    assertThat(server.ask("PUT", path, "{'n': 1}").status()).isEqualTo(200);
    assertThat(server.ask("PUT", path, "{'n': 2}").status()).isEqualTo(409);
  }

  @Test
  void searchOfWhatWasChangedSinceHasNoVersionToWriteBy() throws IOException {
    load("moved", 1);
    String pit = id(server.ask("POST", "/moved/_search/point_in_time?keep_alive=1m"), "pit_id");
    server.ask("PUT", "/moved/_doc/0", "{'n': 7}");
    Said said =
        server.ask(
            "POST",
            "/_search",
            "{'seq_no_primary_term':true,'version':true,'pit':{'id':'" + pit + "'}}");
    assertThat(said.at("hits.hits.0._seq_no")).isEqualTo(-2L);
    assertThat(said.at("hits.hits.0._version")).isEqualTo(-1L);
  }

  @Test
  void searchShowsFieldsOneByOne() throws IOException {
    load("fielded", 1);
    Said said = server.ask("GET", "/fielded/_search?docvalue_fields=n&stored_fields=_none_");
    assertThat(said.at("hits.hits.0.fields")).isEqualTo(Map.of("n", List.of(0L)));
    assertThat(said.at("hits.hits.0._source")).isNull();
  }

  @Test
  void searchGroupsByTimeForDashboards() throws IOException {
    server.ask("PUT", "/timed/_doc/1", "{'at':'2026-01-01T10:00:00Z','n':1}");
    Said said =
        server.ask(
            "POST",
            "/timed/_search?typed_keys=true",
            "{'size':0,'aggs':{'t':{'date_histogram':{'field':'at','calendar_interval':'1d'},"
                + "'aggs':{'p':{'percentiles':{'field':'n','percents':[50]}}}}}}");
    assertThat(said.at("aggregations.date_histogram#t.buckets.0.key_as_string"))
        .isEqualTo("2026-01-01T00:00:00.000Z");
    assertThat(said.text()).contains("\"tdigest_percentiles#p\":{\"values\":{\"50.0\":1.0}}");
  }

  @Test
  void searchFindsWhatWasWrittenBeforeItWithoutARefresh() throws IOException {
    for (int i = 0; i < 5; i++) {
      server.ask("PUT", "/fresh/_doc/" + i, "{'title': 'number" + i + "'}");
      assertThat(server.ask("GET", "/fresh/_search?q=number" + i).ids()).containsExactly("" + i);
    }
  }

  @Test
  void searchExplainsScoresWhereItIsAskedTo() throws IOException {
    load("scored", 2);
    String body = "{'explain': true, 'query': {'match': {'word': '1'}}}";
    Said said = server.ask("POST", "/scored/_search", body);
    assertThat((Double) said.at("hits.hits.0._explanation.value"))
        .isEqualTo((Double) said.at("hits.hits.0._score"), within(1e-6));
    assertThat(server.ask("GET", "/scored/_search").at("hits.hits.0._explanation")).isNull();
  }

  @Test
  void searchOfAPointInTimeSeesNothingThatWasWrittenLater() throws IOException {
    load("points", 25);
    Said made = server.ask("POST", "/points/_search/point_in_time?keep_alive=1m");
    String pit = "'pit': {'id': '" + id(made, "pit_id") + "', 'keep_alive': '1m'}";
    server.ask("POST", "/points/_delete_by_query", "{'query': {'range': {'n': {'gte': 5}}}}");
    server.ask("PUT", "/points/_doc/new", "{'n': 100}");
    List<String> found = new ArrayList<>();
    String after = "";
    while (true) {
      String body = "{" + pit + ", 'size': 10, 'sort': [{'n': 'asc'}]" + after + "}";
      Said page = server.ask("POST", "/_search", body);
      assertThat(page.at("pit_id")).isEqualTo(made.at("pit_id"));
      if (page.ids().isEmpty()) {
        break;
      }
      found.addAll(page.ids());
      after = ", 'search_after': [" + (found.size() - 1) + "]";
    }
    assertThat(found).hasSize(25).startsWith("0", "1").endsWith("24");
    Said named = server.ask("POST", "/points/_search", "{" + pit + "}");
    assertThat(named.at("error.type")).isEqualTo("illegal_argument_exception");
    Said unknown = server.ask("POST", "/_search", "{'pit': {'id': 'none'}}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.at("error.type")).isEqualTo("search_context_missing_exception");
  }

  @Test
  void msearchAnswersEachSearchOnItsOwn() throws IOException {
    load("many", 2);
    Said said = server.ask("POST", "/_msearch", "{'index':'many'}\n{}\n{'index':'none'}\n{}\n");
    assertThat(said.at("responses.0.hits.total.value")).isEqualTo(2L);
    assertThat(said.at("responses.1.status")).isEqualTo(404L);
  }

  @Test
  void countSaysHowManyMatch() throws IOException {
    load("counted", 7);
    Said said = server.ask("POST", "/counted/_count", "{'query': {'range': {'n': {'lt': 3}}}}");
    assertThat(said.at("count")).isEqualTo(3L);
  }

  @Test
  void scrollReadsAllPageByPageAsItWas() throws IOException {
    load("scrolled", 23);
    Said page = server.ask("POST", "/scrolled/_search?scroll=1m", "{'size': 10}");
    server.ask("PUT", "/scrolled/_doc/later", "{'n': 1}");
    List<String> found = new ArrayList<>(page.ids());
    assertThat(page.at("hits.total.value")).isEqualTo(23L);
    while (!page.ids().isEmpty()) {
      String id = id(page, "_scroll_id");
      page = server.ask("POST", "/_search/scroll", "{'scroll': '1m', 'scroll_id': '" + id + "'}");
      assertThat(page.at("hits.total.value")).isEqualTo(23L);
      found.addAll(page.ids());
    }
    assertThat(found).hasSize(23).doesNotHaveDuplicates().doesNotContain("later");
    for (String refused :
        List.of("scroll=1m&from=5", "scroll=1m&size=0", "scroll=2h", "scroll=x", "scroll=0s")) {
      Said said = server.ask("POST", "/scrolled/_search?" + refused);
      assertThat(said.at("error.type")).as(refused).isEqualTo("illegal_argument_exception");
    }
  }

  @Test
  void scrollGoesThroughSeveralIndexesOneAfterTheOther() throws IOException {
    load("part1", 7);
    load("part2", 8);
    Said page = server.ask("POST", "/part*/_search?scroll=1m&size=5");
    List<String> found = new ArrayList<>();
    while (!page.ids().isEmpty()) {
      found.addAll(page.ids());
      page = server.ask("GET", "/_search/scroll?scroll_id=" + page.at("_scroll_id"));
    }
    assertThat(found).hasSize(15);
  }

  @Test
  void scrollIsRefusedWhereAHundredScrollsAndPointsAreOpen() throws IOException {
    load("bounded", 1);
    List<String> ids = new ArrayList<>();
    Said said = server.ask("POST", "/bounded/_search?scroll=1m");
    while (said.status() == 200) {
      ids.add(id(said, "_scroll_id"));
      assertThat(ids).hasSizeLessThanOrEqualTo(100);
      said = server.ask("POST", "/bounded/_search?scroll=1m");
    }
    assertThat(said.status()).isEqualTo(429);
    assertThat(said.at("error.type")).isEqualTo("rejected_execution_exception");
    assertThat(server.ask("DELETE", "/_search/scroll/_all").at("succeeded")).isEqualTo(true);
    assertThat(server.ask("POST", "/bounded/_search?scroll=1m").status()).isEqualTo(200);
  }

  @Test
  void clearScrollEndsAScroll() throws IOException {
    load("cleared", 3);
    Said page = server.ask("POST", "/cleared/_search?scroll=1m&size=1");
    String id = "{'scroll_id': ['" + page.at("_scroll_id") + "']}";
    assertThat(server.ask("DELETE", "/_search/scroll/other", id).at("num_freed")).isEqualTo(1L);
    assertThat(server.ask("DELETE", "/_search/scroll", id).status()).isEqualTo(404);
    String next = "{'scroll_id': '" + page.at("_scroll_id") + "'}";
    assertThat(server.ask("POST", "/_search/scroll", next).at("error.type"))
        .isEqualTo("search_context_missing_exception");
  }

  @Test
  void createPitKeepsIndexesAsTheyAreForAnHourAtMost() throws IOException {
    load("kept", 1);
    String path = "/kept/_search/point_in_time";
    assertThat((String) server.ask("POST", path + "?keep_alive=1h").at("pit_id")).hasSize(32);
    for (String refused : List.of("?keep_alive=61m", "?keep_alive=1", "")) {
      assertThat(server.ask("POST", path + refused).at("error.type"))
          .as(refused)
          .isEqualTo("illegal_argument_exception");
    }
  }

  @Test
  void deletePitEndsThem() throws IOException {
    load("ended", 1);
    Said made = server.ask("POST", "/ended/_search/point_in_time?keep_alive=1m");
    String body = "{'pit_id': ['" + made.at("pit_id") + "']}";
    assertThat(server.ask("DELETE", "/_search/point_in_time", body).at("pits.0.successful"))
        .isEqualTo(true);
    assertThat(server.ask("DELETE", "/_search/point_in_time", body).status()).isEqualTo(404);
  }

  @Test
  void getAllPitsListsThemAndNoScrolls() throws IOException {
    load("listed", 1);
    server.ask("POST", "/listed/_search?scroll=1m");
    Said made = server.ask("POST", "/listed/_search/point_in_time?keep_alive=1m");
    String all = server.ask("GET", "/_search/point_in_time/_all").text();
    assertThat(all).contains("\"pit_id\":\"" + made.at("pit_id")).contains("60000");
  }

  @Test
  void deleteAllPitsEndsThemAll() throws IOException {
    load("listed2", 1);
    server.ask("POST", "/listed2/_search/point_in_time?keep_alive=1m");
    assertThat(server.ask("DELETE", "/_search/point_in_time/_all").status()).isEqualTo(200);
    assertThat(server.ask("GET", "/_search/point_in_time/_all").at("pits")).isEqualTo(List.of());
  }

  @Test
  void deleteByQueryDeletesWhatIsFound() throws IOException {
    load("thinned", 1200);
    String body = "{'query': {'range': {'n': {'gte': 100}}}}";
    Said said = server.ask("POST", "/thinned/_delete_by_query", body);
    assertThat(said.at("deleted")).isEqualTo(1100L);
    assertThat(said.at("total")).isEqualTo(1100L);
    assertThat(server.ask("GET", "/thinned/_count").at("count")).isEqualTo(100L);
    assertThat(server.ask("POST", "/thinned/_delete_by_query?max_docs=7&q=*").at("deleted"))
        .isEqualTo(7L);
    assertThat(server.ask("POST", "/thinned/_delete_by_query", "{}").status()).isEqualTo(400);
  }

  @Test
  void updateByQueryWritesWhatIsFoundAgainAndRefusesScripts() throws IOException {
    load("again", 20);
    Object before = server.ask("GET", "/again/_doc/3").at("_seq_no");
    Said said =
        server.ask("POST", "/again/_update_by_query", "{'query': {'range': {'n': {'lt': 10}}}}");
    assertThat(said.at("updated")).isEqualTo(10L);
    assertThat(said.at("total")).isEqualTo(10L);
    Said after = server.ask("GET", "/again/_doc/3");
    assertThat((Long) after.at("_seq_no")).isGreaterThan((Long) before);
    assertThat(after.at("_source.n")).isEqualTo(3L);
    Said script = server.ask("POST", "/again/_update_by_query", "{'script': {'source': 'x'}}");
    assertThat(script.at("error.type")).isEqualTo("illegal_argument_exception");
  }

  @Test
  void reindexCopiesDocumentsOfAQuery() throws IOException {
    load("from", 30);
    String body =
        "{'source': {'index': 'from', 'query': {'range': {'n': {'lt': 12}}}, '_source': ['n']},"
            + " 'dest': {'index': 'into', 'op_type': 'create'}, 'conflicts': 'proceed'}";
    Said said = server.ask("POST", "/_reindex", body);
    assertThat(said.at("created")).isEqualTo(12L);
    assertThat(server.ask("GET", "/into/_source/7").text()).isEqualTo("{\"n\":7}");
    Said again = server.ask("POST", "/_reindex", body);
    assertThat(again.at("version_conflicts")).isEqualTo(12L);
    assertThat(again.at("created")).isEqualTo(0L);
    Said itself =
        server.ask("POST", "/_reindex", "{'source':{'index':'from'},'dest':{'index':'from'}}");
    assertThat(itself.status()).isEqualTo(400);
  }

  @Test
  void explainSaysWhyADocumentMatchesOrNot() throws IOException {
    load("why", 3);
    Said said = server.ask("POST", "/why/_explain/1", "{'query': {'match': {'word': 'same'}}}");
    assertThat(said.at("matched")).isEqualTo(true);
    assertThat((Double) said.at("explanation.value")).isPositive();
    assertThat(said.text()).contains("idf, computed as");
    assertThat(server.ask("GET", "/why/_explain/1?q=word:none").at("matched")).isEqualTo(false);
    Said none = server.ask("GET", "/why/_explain/9?q=word:same");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.at("matched")).isEqualTo(false);
  }

  @Test
  void fieldCapsSayWhatFieldsAreFor() throws IOException {
    load("caps", 1);
    server.ask("PUT", "/caps2/_doc/1", "{'n': 'text'}");
    Said said = server.ask("GET", "/caps*/_field_caps?fields=*");
    assertThat(said.at("fields.word"))
        .isEqualTo(
            Map.of("text", Map.of("type", "text", "searchable", true, "aggregatable", false)));
    assertThat(said.text()).contains("\"word.keyword\":{\"keyword\":");
    assertThat(said.at("fields.n.long.indices")).isEqualTo(List.of("caps"));
    assertThat(said.at("fields.n.text.indices")).isEqualTo(List.of("caps2"));
  }
}
