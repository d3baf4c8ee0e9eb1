package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cloud.bevy.testing.simulator.ClockedWorld;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Searches that cannot be understood, or would cost the whole machine.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadSearchTest {
  private final SearchTestRun run;

  BadSearchTest(@TempDir Path folder) {
    run = SearchTestRun.real(new ClockedWorld(), folder);
  }

  @BeforeAll
  void load() {
    run.create(
        SearchTestRun.TABLE,
        SearchTestRun.definition(
            "text", "title", "keyword", "tag", "number", "price", "vector", "v:2"));
    run.put("{'p':'a','title':'some beer','tag':'x','price':1,'v':[1,2]}");
  }

  @AfterAll
  void close() {
    run.close();
  }

  private SearchRefusal refusal(String search) {
    SearchRefusal refusal = catchThrowableOfType(SearchRefusal.class, () -> run.search(search));
    assertThat(refusal).as(search).isNotNull();
    return refusal;
  }

  @Test
  void whatIsNotUnderstoodIsAParsingException() {
    for (String search :
        List.of(
            "{'query':{'nonsense':{}}}",
            "{'query':{}}",
            "{'query':{'match':{'title':'a'},'term':{'tag':'x'}}}",
            "{'query':[]}",
            "{'query':{'match':{'title':{'query':'a','nonsense':1}}}}",
            "{'query':{'match':{'title':{}}}}",
            "{'query':{'bool':{'nonsense':[]}}}",
            "{'query':{'bool':{'must':[1]}}}",
            "{'nonsense':1}",
            "{'size':'x'}",
            "{'track_total_hits':'x'}",
            "{'aggs':{'a':{'nonsense':{'field':'tag'}}}}",
            "{'aggs':{'a':{}}}",
            "{'_source':5}",
            "{'highlight':5}",
            "{'sort':[5]}")) {
      assertThat(refusal(search).kind()).as(search).isEqualTo(SearchRefusal.Kind.PARSING);
    }
  }

  @Test
  void whatDoesNotFitAFieldIsAQueryShardException() {
    for (String search :
        List.of(
            "{'query':{'term':{'price':'x'}}}",
            "{'query':{'range':{'price':{'gte':'x'}}}}",
            "{'query':{'prefix':{'price':'1'}}}",
            "{'query':{'match':{'v':'1'}}}",
            "{'query':{'query_string':{'query':'title:(beer'}}}",
            "{'query':{'query_string':{'query':'AND AND'}}}",
            "{'query':{'regexp':{'title':'[a'}}}",
            "{'sort':['title']}",
            "{'sort':['nothing']}",
            "{'query':{'knn':{'title':{'vector':[1,2]}}}}")) {
      assertThat(refusal(search).kind()).as(search).isEqualTo(SearchRefusal.Kind.QUERY_SHARD);
    }
  }

  @Test
  void whatIsTooMuchIsAnIllegalArgument() {
    for (String search :
        List.of(
            "{'size':10001}",
            "{'from':9999,'size':2}",
            "{'from':-1}",
            "{'query':{'match':{'title':{'query':'a','boost':-1}}}}",
            "{'query':{'match':{'title':{'query':'a','fuzziness':3}}}}",
            "{'query':{'knn':{'v':{'vector':[1,2],'k':10001}}}}",
            "{'query':{'prefix':{'title':'" + "a".repeat(1001) + "'}}}",
            "{'query':{'query_string':{'query':'" + "a".repeat(10_001) + "'}}}",
            "{'query':{'query_string':{'query':'" + "(".repeat(5000) + "a'}}}",
            "{'query':{'simple_query_string':{'query':'" + "(".repeat(5000) + "a'}}}",
            "{'search_after':[1]}",
            "{'sort':['price'],'search_after':[1,2,3]}",
            "{'aggs':{'a':{'terms':{'field':'title'}}}}",
            "{'aggs':{'a':{'terms':{'field':'tag','size':10001}}}}",
            "{'aggs':{'a':{'sum':{'field':'tag'}}}}")) {
      assertThat(refusal(search).kind()).as(search).isEqualTo(SearchRefusal.Kind.ILLEGAL_ARGUMENT);
    }
  }

  @Test
  void deepQueriesAreRefusedAndTheDeepestIsNot() {
    assertThat(run.ids(bools(QueryReader.DEEPEST - 1))).containsExactly("a");
    assertThat(refusal("{'query':" + bools(QueryReader.DEEPEST) + "}").kind())
        .isEqualTo(SearchRefusal.Kind.ILLEGAL_ARGUMENT);
    String deepJson = "[".repeat(100_000);
    assertThat(refusal("{'query':" + deepJson + "}").kind()).isEqualTo(SearchRefusal.Kind.PARSING);
  }

  private static String bools(int depth) {
    return "{'bool':{'must':".repeat(depth) + "{'match_all':{}}" + "}}".repeat(depth);
  }

  @Test
  void wideQueriesAreRefusedAndTheWidestIsNot() {
    String one = "{'term':{'tag':'x'}},";
    assertThat(run.ids(should(one.repeat(QueryReader.MOST - 1)))).containsExactly("a");
    assertThat(refusal("{'query':" + should(one.repeat(QueryReader.MOST)) + "}").kind())
        .isEqualTo(SearchRefusal.Kind.ILLEGAL_ARGUMENT);
    String words = "beer".repeat(1) + " w".repeat(1) + words(2000);
    assertThat(refusal("{'query':{'match':{'title':'" + words + "'}}}").kind())
        .isEqualTo(SearchRefusal.Kind.ILLEGAL_ARGUMENT);
  }

  private static String words(int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(" w").append(i);
    }
    return out.toString();
  }

  private static String should(String queries) {
    return "{'bool':{'should':[" + queries.substring(0, queries.length() - 1) + "]}}";
  }

  @Test
  void aggregationsWithinAggregationsHaveABottom() {
    String deep = "{'a':{'terms':{'field':'tag'},'aggs':".repeat(5);
    String search = "{'aggs':" + deep + "{'m':{'max':{'field':'price'}}}" + "}}".repeat(5) + "}";
    assertThat(refusal(search).kind()).isEqualTo(SearchRefusal.Kind.ILLEGAL_ARGUMENT);
  }

  @Test
  void bucketsWithinBucketsAreCountedTogether() {
    String inner = "{'prices':{'histogram':{'field':'price','interval':1}}}";
    assertThat(
            run.search("{'size':0,'aggs':{'tags':{'terms':{'field':'tag'},'aggs':" + inner + "}}}")
                .aggregations())
        .containsKey("tags");
    Budget budget = new Budget(() -> false);
    for (int i = 0; i < Budget.MOST_BUCKETS; i++) {
      budget.bucket();
    }
    assertThatThrownBy(budget::bucket).isInstanceOf(SearchRefusal.class);
    assertThatThrownBy(() -> new Budget(() -> true).bucket()).isInstanceOf(SearchRefusal.class);
  }

  @Test
  void anAnswerThatWouldFillTheMemoryIsRefused() {
    String large = "x".repeat(390_000);
    int count = SearchRun.MOST_BYTES / large.length() + 1;
    for (int i = 0; i < count; i++) {
      run.put("{'p':'large" + i + "','tag':'large','body':'" + large + "'}");
    }
    String query = "{'query':{'term':{'tag':'large'}},'_source':false,'size':";
    assertThat(run.search(query + (count - 1) + "}").hits()).hasSize(count - 1);
    assertThat(refusal(query + count + "}").kind()).isEqualTo(SearchRefusal.Kind.ILLEGAL_ARGUMENT);
    for (int i = 0; i < count; i++) {
      run.table().delete(SearchTestRun.key("large" + i), null);
    }
  }

  @Test
  void aPatternThatExplodesIsRefused() {
    assertThat(refusal("{'query':{'regexp':{'title':'(a|b)*a(a|b){40}'}}}").kind())
        .isIn(SearchRefusal.Kind.ILLEGAL_ARGUMENT, SearchRefusal.Kind.QUERY_SHARD);
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (String body : List.of("{", "[]", "5", "{\"a\":1}x", "{\"a\":1,\"a\":2}", "{\"a\":NaN}")) {
      assertThatThrownBy(() -> SearchRequest.read(body.getBytes(StandardCharsets.UTF_8)))
          .as(body)
          .isInstanceOf(SearchRefusal.class);
    }
    assertThatThrownBy(() -> SearchRequest.read(new byte[JsonTree.MOST_BYTES + 1]))
        .isInstanceOf(SearchRefusal.class);
  }

  @Test
  void aDefinitionThatCannotBeIsRefused() {
    for (String text : List.of("_id", "a:b", "title,title", "a*")) {
      assertThatThrownBy(() -> SearchTestRun.definition("text", text))
          .as(text)
          .isInstanceOf(SearchRefusal.class);
    }
    for (String vector : List.of("v", "v:0", "v:x", "v:2:taxi", "v:2:l2:3")) {
      assertThatThrownBy(() -> SearchTestRun.definition("vector", vector))
          .as(vector)
          .isInstanceOf(SearchRefusal.class);
    }
    assertThatThrownBy(() -> SearchTestRun.definition("text", "a", "nonsense", "b"))
        .isInstanceOf(SearchRefusal.class);
    assertThatThrownBy(() -> SearchTestRun.definition("text", "a", "language", "klingon"))
        .isInstanceOf(SearchRefusal.class);
  }

  @Test
  void definitionsAreReadAsTheyAreWritten() {
    SearchDefinition definition =
        SearchTestRun.definition(
            "text", "title,meta.note", "vector", "v:3:dot w:4", "language", "english");
    assertThat(SearchDefinition.of(definition.tags())).contains(definition);
    assertThat(definition.tags())
        .containsEntry("bevy:search:vector", "v:3:dot w:4")
        .containsEntry("bevy:search:text", "title meta.note");
  }
}
