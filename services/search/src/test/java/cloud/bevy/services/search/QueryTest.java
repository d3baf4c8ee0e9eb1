package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.simulator.ClockedWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What each query finds.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueryTest {
  private final SearchTestRun run;

  QueryTest(@TempDir Path folder) {
    run = SearchTestRun.real(new ClockedWorld(), folder);
  }

  @BeforeAll
  void load() {
    run.create(
        SearchTestRun.TABLE,
        SearchTestRun.definition(
            "text", "title,meta.note", "keyword", "tag title", "number", "price", "date", "at"));
    run.put("{'p':'a','title':'Cold Beer','tag':'drink','price':3,'at':'2026-01-01'}");
    run.put(
        "{'p':'b','title':'Warm beer and bread','tag':['drink','food'],'price':4.5,"
            + "'at':'2026-02-01T10:00:00Z'}");
    run.put("{'p':'c','title':'Café crème','tag':'drink','meta':{'note':'strong'},'price':2}");
    run.put("{'p':'d','title':'Bread','tag':'food','meta':{'note':'with beer in it'}}");
  }

  @AfterAll
  void close() {
    run.close();
  }

  @Test
  void matchFindsAnyOfTheWordsWhateverTheirCaseAndAccents() {
    assertThat(run.ids("{'match':{'title':'BEER'}}")).containsExactlyInAnyOrder("a", "b");
    assertThat(run.ids("{'match':{'title':'cafe'}}")).containsExactly("c");
    assertThat(run.ids("{'match':{'title':'beer bread'}}"))
        .containsExactlyInAnyOrder("a", "b", "d");
  }

  @Test
  void matchCanWantAllWordsOrSome() {
    assertThat(run.ids("{'match':{'title':{'query':'beer bread','operator':'and'}}}"))
        .containsExactly("b");
    assertThat(
            run.ids("{'match':{'title':{'query':'warm beer bread','minimum_should_match':'66%'}}}"))
        .containsExactlyInAnyOrder("b", "a", "d");
    assertThat(run.ids("{'match':{'title':{'query':'warm beer bread','minimum_should_match':2}}}"))
        .containsExactly("b");
  }

  @Test
  void aPhraseIsWordsInTheirOrder() {
    assertThat(run.ids("{'match_phrase':{'title':'warm beer'}}")).containsExactly("b");
    assertThat(run.ids("{'match_phrase':{'title':'beer warm'}}")).isEmpty();
    assertThat(run.ids("{'match_phrase':{'title':{'query':'warm bread','slop':2}}}"))
        .containsExactly("b");
    assertThat(run.ids("{'match_phrase_prefix':{'title':'warm be'}}")).containsExactly("b");
  }

  @Test
  void aFuzzyWordMayDiffer() {
    assertThat(run.ids("{'fuzzy':{'title':{'value':'baer'}}}")).containsExactlyInAnyOrder("a", "b");
    assertThat(run.ids("{'match':{'title':{'query':'bred','fuzziness':'AUTO'}}}"))
        .containsExactlyInAnyOrder("b", "d");
  }

  @Test
  void partsOfWordsAreFound() {
    assertThat(run.ids("{'prefix':{'title':'Cre'}}")).containsExactly("c");
    assertThat(run.ids("{'wildcard':{'title':'b*r'}}")).containsExactlyInAnyOrder("a", "b");
    assertThat(run.ids("{'regexp':{'title':'b[aeiou]+r'}}")).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aTermIsAWholeKeyword() {
    assertThat(run.ids("{'term':{'tag':'food'}}")).containsExactlyInAnyOrder("b", "d");
    assertThat(run.ids("{'terms':{'tag':['food','drink']}}")).hasSize(4);
    assertThat(run.ids("{'term':{'title.keyword':'Cold Beer'}}")).containsExactly("a");
    assertThat(run.ids("{'term':{'title.keyword':'cold beer'}}")).isEmpty();
    assertThat(run.ids("{'term':{'title.keyword':{'value':'cold beer','case_insensitive':true}}}"))
        .containsExactly("a");
  }

  @Test
  void rangesAreOfNumbersDatesAndKeywords() {
    assertThat(run.ids("{'range':{'price':{'gt':2,'lte':4.5}}}"))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(run.ids("{'range':{'at':{'gte':'2026-01-15'}}}")).containsExactly("b");
    assertThat(run.ids("{'range':{'tag':{'gte':'e'}}}")).containsExactlyInAnyOrder("b", "d");
  }

  @Test
  void existsIsAboutValuesThatAreThere() {
    assertThat(run.ids("{'exists':{'field':'price'}}")).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(run.ids("{'bool':{'must_not':{'exists':{'field':'price'}}}}")).containsExactly("d");
    assertThat(run.ids("{'exists':{'field':'meta.note'}}")).containsExactlyInAnyOrder("c", "d");
  }

  @Test
  void boolJoinsQueries() {
    assertThat(
            run.ids(
                "{'bool':{'must':{'match':{'title':'beer'}},'filter':[{'term':{'tag':'food'}}]}}"))
        .containsExactly("b");
    assertThat(
            run.ids(
                "{'bool':{'should':[{'term':{'tag':'food'}},{'match':{'title':'beer'}}],"
                    + "'minimum_should_match':2}}"))
        .containsExactly("b");
  }

  @Test
  void severalFieldsAreAskedAtOnce() {
    assertThat(run.ids("{'multi_match':{'query':'beer','fields':['title','meta.*']}}"))
        .containsExactlyInAnyOrder("a", "b", "d");
    assertThat(run.ids("{'multi_match':{'query':'bread','fields':['title^10','meta.note']}}"))
        .containsExactly("d", "b");
  }

  @Test
  void idsAreKeys() {
    assertThat(run.ids("{'ids':{'values':['c','nobody','a']}}"))
        .containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void luceneSyntaxIsUnderstood() {
    assertThat(run.lucene("title:beer AND tag:food")).containsExactly("b");
    assertThat(run.lucene("beer -bread")).containsExactly("a");
    assertThat(run.lucene("price:[3 TO *]")).containsExactlyInAnyOrder("a", "b");
    assertThat(run.lucene("at:{2026-01-01 TO 2026-12-31]")).containsExactly("b");
    assertThat(run.lucene("title:\"warm beer\"")).containsExactly("b");
    assertThat(run.lucene("title:bre*")).containsExactlyInAnyOrder("b", "d");
    assertThat(run.lucene("title:baer~")).containsExactlyInAnyOrder("a", "b");
    assertThat(run.lucene("_exists_:meta.note")).containsExactlyInAnyOrder("c", "d");
    assertThat(run.lucene("*:*")).hasSize(4);
    assertThat(run.lucene("nothing:here")).isEmpty();
  }

  @Test
  void whatPeopleTypeIsUnderstood() {
    assertThat(
            run.ids(
                "{'simple_query_string':{'query':'\\\"warm beer\\\" | crem*','fields':['title']}}"))
        .containsExactlyInAnyOrder("b", "c");
    assertThat(
            run.ids(
                "{'simple_query_string':{'query':'beer -bread ((','fields':['title'],"
                    + "'default_operator':'and'}}"))
        .containsExactly("a");
  }

  @Test
  void sortingPagesAndGoesOn() {
    SearchAnswer first = run.search("{'sort':[{'price':'desc'}],'size':2}");
    assertThat(SearchTestRun.ids(first)).containsExactly("b", "a");
    assertThat(first.hits().getFirst().sort().getFirst()).isEqualTo(4.5);
    SearchAnswer next =
        run.search()
            .search(
                SearchTestRun.TABLE,
                SearchRequest.of(SearchTestRun.tree("{'sort':[{'price':'desc'}]}"))
                    .with("search_after", first.hits().getLast().sort()));
    assertThat(SearchTestRun.ids(next)).containsExactly("c", "d");
    assertThat(SearchTestRun.ids(run.search("{'sort':['title.keyword'],'from':1,'size':2}")))
        .containsExactly("c", "a");
    assertThat(first.total()).isEqualTo(new SearchAnswer.Total(4, true));
  }

  @Test
  void equalSortValuesArePagedWithoutGapsOrDoubles() {
    for (int i = 0; i < 25; i++) {
      run.put("{'p':'same" + i + "','tag':'same','price':7}");
    }
    List<String> seen = new java.util.ArrayList<>();
    SearchRequest page =
        SearchRequest.of(
            SearchTestRun.tree("{'query':{'term':{'tag':'same'}},'sort':['price'],'size':10}"));
    SearchAnswer answer = run.search().search(SearchTestRun.TABLE, page);
    while (!answer.hits().isEmpty()) {
      seen.addAll(SearchTestRun.ids(answer));
      answer =
          run.search()
              .search(
                  SearchTestRun.TABLE, page.with("search_after", answer.hits().getLast().sort()));
    }
    for (int i = 0; i < 25; i++) {
      run.table().delete(SearchTestRun.key("same" + i), null);
    }
    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void totalsAreCountedAsFarAsSomebodyWants() {
    assertThat(run.search("{'track_total_hits':false}").total()).isNull();
    assertThat(run.search("{'track_total_hits':2}").total())
        .isEqualTo(new SearchAnswer.Total(2, false));
    assertThat(run.search("{'size':0}").total()).isEqualTo(new SearchAnswer.Total(4, true));
  }

  @Test
  void theSourceIsWhatWasAskedFor() {
    assertThat(source("'meta.*'")).isEqualTo(Map.of("meta", Map.of("note", "strong")));
    assertThat(source("['title','p']")).isEqualTo(Map.of("p", "c", "title", "Café crème"));
    assertThat(source("{'excludes':['meta','title','tag']}"))
        .isEqualTo(Map.of("p", "c", "price", 2L));
    assertThat(source("false")).isNull();
  }

  private Object source(String filter) {
    SearchAnswer answer = run.search("{'query':{'ids':{'values':['c']}},'_source':" + filter + "}");
    return answer.hits().getFirst().source();
  }

  @Test
  void matchesAreHighlightedInTheTextOfTheItem() {
    SearchAnswer answer =
        run.search(
            "{'query':{'match':{'title':'cafe beer'}},'sort':['title.keyword'],"
                + "'highlight':{'fields':{'title':{}}}}");
    assertThat(answer.hits().stream().map(hit -> hit.highlights().get("title").getFirst()))
        .containsExactly(
            "<em>Café</em> crème", "Cold <em>Beer</em>", "Warm <em>beer</em> and bread");
    SearchAnswer phrase =
        run.search(
            "{'query':{'match_phrase':{'title':'warm beer'}},'highlight':{'pre_tags':['['],"
                + "'post_tags':[']'],'number_of_fragments':0,'fields':{'title':{}}}}");
    assertThat(phrase.hits().getFirst().highlights().get("title"))
        .containsExactly("[Warm] [beer] and bread");
    SearchAnswer more =
        run.search(
            "{'query':{'query_string':{'query':'title:\\\"warm beer\\\" AND price:[4 TO 5]'}},"
                + "'highlight':{'fields':{'title':{}}}}");
    assertThat(more.hits().getFirst().highlights().get("title"))
        .containsExactly("<em>Warm</em> <em>beer</em> and bread");
  }

  @Test
  void highlightsForBrowsersAreEscaped() {
    run.put("{'p':'x','title':'<b>ale</b> & more'}");
    SearchAnswer answer =
        run.search(
            "{'query':{'match':{'title':'ale'}},'highlight':{'encoder':'html',"
                + "'fields':{'title':{}}}}");
    run.table().delete(SearchTestRun.key("x"), null);
    assertThat(answer.hits().getFirst().highlights().get("title"))
        .containsExactly("&lt;b&gt;<em>ale</em>&lt;/b&gt; &amp; more");
  }

  @Test
  void aggregationsCountWhatMatches() {
    Map<String, ?> said =
        run.search(
                "{'size':0,'aggs':{'tags':{'terms':{'field':'tag'},'aggs':{'most':{'max':"
                    + "{'field':'price'}}}},'prices':{'stats':{'field':'price'}},'kinds':"
                    + "{'cardinality':{'field':'tag'}},'bands':{'range':{'field':'price','ranges':"
                    + "[{'to':3},{'from':3}]}}}}")
            .aggregations();
    assertThat(said.get("tags"))
        .isEqualTo(
            Map.of(
                "doc_count_error_upper_bound",
                0,
                "sum_other_doc_count",
                0L,
                "buckets",
                List.of(
                    Map.of("key", "drink", "doc_count", 3L, "most", Map.of("value", 4.5)),
                    Map.of("key", "food", "doc_count", 2L, "most", Map.of("value", 4.5)))));
    assertThat(said.get("prices"))
        .isEqualTo(Map.of("count", 3L, "min", 2.0, "max", 4.5, "avg", 9.5 / 3, "sum", 9.5));
    assertThat(said.get("kinds")).isEqualTo(Map.of("value", 2L));
    assertThat(said.get("bands"))
        .isEqualTo(
            Map.of(
                "buckets",
                List.of(
                    Map.of("key", "*-3.0", "to", 3.0, "doc_count", 1L),
                    Map.of("key", "3.0-*", "from", 3.0, "doc_count", 2L))));
  }

  @Test
  void filtersAndWhatIsMissingAreBuckets() {
    Map<String, ?> said =
        run.search(
                "{'size':0,'aggs':{'beer':{'filter':{'match':{'title':'beer'}}},'priceless':"
                    + "{'missing':{'field':'price'}},'steps':{'histogram':{'field':'price',"
                    + "'interval':2}}}}")
            .aggregations();
    assertThat(said.get("beer")).isEqualTo(Map.of("doc_count", 2L));
    assertThat(said.get("priceless")).isEqualTo(Map.of("doc_count", 1L));
    assertThat(said.get("steps"))
        .isEqualTo(
            Map.of(
                "buckets",
                List.of(Map.of("key", 2.0, "doc_count", 2L), Map.of("key", 4.0, "doc_count", 1L))));
  }

  @Test
  void countingAnswersANumber() {
    SearchRequest beer =
        SearchRequest.of(SearchTestRun.tree("{'query':{'match':{'title':'beer'}}}"));
    assertThat(run.search().count(SearchTestRun.TABLE, beer)).isEqualTo(2);
  }
}
