package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.testing.simulator.ClockedWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What dashboards ask for: time by intervals, how values are spread, fields one by one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WiderSearchTest {
  private final SearchTestRun run;

  WiderSearchTest(@TempDir Path folder) {
    run = SearchTestRun.real(new ClockedWorld(), folder);
  }

  @BeforeAll
  void load() {
    run.create(
        SearchTestRun.TABLE,
        SearchTestRun.definition(
            "text", "title", "keyword", "tag", "number", "price", "date", "at"));
    run.put("{'p':'a','title':'Cold Beer','tag':'x','price':1,'at':'2026-01-01'}");
    run.put("{'p':'b','title':'Warm beer','tag':'y','price':2,'at':'2026-01-31T23:30:00Z'}");
    run.put("{'p':'c','title':'Bread','tag':['x','y'],'price':6,'at':'2026-03-29T12:00:00Z'}");
  }

  @AfterAll
  void close() {
    run.close();
  }

  private Map<String, @Nullable Object> said(String aggregation) {
    return Part.map(
        "a",
        Objects.requireNonNull(
            run.search("{'size':0,'aggs':{'a':" + aggregation + "}}").aggregations().get("a")));
  }

  private List<String> counts(String aggregation, String member) {
    return Part.list("buckets", said(aggregation).get("buckets")).stream()
        .map(bucket -> Part.map("bucket", bucket))
        .map(bucket -> bucket.get(member) + "=" + bucket.get("doc_count"))
        .toList();
  }

  @Test
  void aDateHistogramHasTheMonthsBetweenToo() {
    assertThat(
            counts(
                "{'date_histogram':{'field':'at','calendar_interval':'month'}}", "key_as_string"))
        .containsExactly(
            "2026-01-01T00:00:00.000Z=2",
            "2026-02-01T00:00:00.000Z=0",
            "2026-03-01T00:00:00.000Z=1");
    assertThat(
            counts(
                "{'date_histogram':{'field':'at','calendar_interval':'1M','min_doc_count':1,"
                    + "'order':{'_key':'desc'}}}",
                "key_as_string"))
        .containsExactly("2026-03-01T00:00:00.000Z=1", "2026-01-01T00:00:00.000Z=2");
  }

  @Test
  void theDaysOfADateHistogramAreThoseOfATimeZone() {
    String zoned =
        "{'date_histogram':{'field':'at','calendar_interval':'day','min_doc_count':1,"
            + "'time_zone':'Europe/Berlin'},'aggs':{'most':{'max':{'field':'price'}}}}";
    assertThat(counts(zoned, "key_as_string"))
        .containsExactly(
            "2026-01-01T00:00:00.000+01:00=1",
            "2026-02-01T00:00:00.000+01:00=1",
            "2026-03-29T00:00:00.000+01:00=1");
    assertThat(String.valueOf(said(zoned).get("buckets"))).contains("most={value=6.0}");
  }

  @Test
  void aDateHistogramOfEqualStepsReachesItsBounds() {
    assertThat(
            counts(
                "{'date_histogram':{'field':'at','fixed_interval':'30d','extended_bounds':"
                    + "{'min':'2025-12-01','max':'2026-01-05'}}}",
                "key"))
        .hasSize(5)
        .first()
        .asString()
        .endsWith("=0");
  }

  @Test
  void aDateHistogramIsBounded() {
    for (String wrong :
        List.of(
            "{'field':'at'}",
            "{'field':'at','fixed_interval':'1ms','extended_bounds':{'min':0,'max':99999999}}",
            "{'field':'at','fixed_interval':'1ms'}",
            "{'field':'at','fixed_interval':'0d'}",
            "{'field':'at','calendar_interval':'2d'}",
            "{'field':'at','calendar_interval':'day','time_zone':'Nowhere'}",
            "{'field':'price','calendar_interval':'day'}")) {
      assertThatThrownBy(() -> said("{'date_histogram':" + wrong + "}"))
          .as(wrong)
          .isInstanceOf(SearchRefusal.class);
    }
  }

  @Test
  void extendedStatisticsSayHowFarValuesAreApart() {
    Map<String, @Nullable Object> said = said("{'extended_stats':{'field':'price'}}");
    assertThat(said)
        .containsEntry("count", 3)
        .containsEntry("avg", 3.0)
        .containsEntry("sum_of_squares", 41.0)
        .containsEntry("variance_sampling", 7.0);
    assertThat((Double) said.get("variance")).isCloseTo(14 / 3.0, within());
    assertThatThrownBy(() -> said("{'extended_stats':{'field':'tag'}}"))
        .isInstanceOf(SearchRefusal.class);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  @Test
  void percentilesAreOfTheValues() {
    assertThat(said("{'percentiles':{'field':'price','percents':[0,25,50,67,100]}}").get("values"))
        .isEqualTo(Map.of("0.0", 1.0, "25.0", 1.0, "50.0", 2.0, "67.0", 6.0, "100.0", 6.0));
    assertThatThrownBy(() -> said("{'percentiles':{'field':'price','percents':[101]}}"))
        .isInstanceOf(SearchRefusal.class);
  }

  @Test
  void whatIsNotedOfAnAggregationComesBack() {
    assertThat(said("{'max':{'field':'price'},'meta':{'foo':'bar'}}"))
        .isEqualTo(Map.of("meta", Map.of("foo", "bar"), "value", 6.0));
    assertThatThrownBy(() -> said("{'max':{'field':'price'},'meta':1}"))
        .isInstanceOf(SearchRefusal.class);
  }

  @Test
  void aPostFilterIsForTheHitsAlone() {
    SearchAnswer answer =
        run.search("{'post_filter':{'term':{'tag':'x'}},'aggs':{'a':{'terms':{'field':'tag'}}}}");
    assertThat(answer.hits()).extracting(SearchHit::id).containsExactlyInAnyOrder("a", "c");
    assertThat(Objects.requireNonNull(answer.total()).count()).isEqualTo(2);
    assertThat(String.valueOf(answer.aggregations())).contains("key=y, doc_count=2");
  }

  @Test
  void fieldsAreShownOneByOne() {
    SearchHit hit =
        run.search(
                "{'query':{'ids':{'values':['c']}},'stored_fields':'_none_','fields':['t*'],"
                    + "'docvalue_fields':['price','at',{'field':'nothing'}]}")
            .hits()
            .getFirst();
    assertThat(hit.source()).isNull();
    assertThat(hit.fields().toString())
        .isEqualTo("{price=[6], at=[2026-03-29T12:00:00.000Z], title=[Bread], tag=[x, y]}");
  }

  @Test
  void theLastWordMayGoOn() {
    assertThat(run.ids("{'match_bool_prefix':{'title':'cold be'}}"))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(run.ids("{'match_bool_prefix':{'title':{'query':'cold be','operator':'and'}}}"))
        .containsExactly("a");
    assertThat(run.ids("{'multi_match':{'query':'bre','type':'bool_prefix','fields':['title']}}"))
        .containsExactly("c");
  }

  @Test
  void whatIsLikedLessComesLast() {
    assertThat(
            run.ids(
                "{'boosting':{'positive':{'match':{'title':'beer'}},"
                    + "'negative':{'term':{'tag':'x'}},'negative_boost':0.1}}"))
        .containsExactly("b", "a");
    assertThatThrownBy(
            () -> run.ids("{'boosting':{'positive':{'match_all':{}},'negative':{'match_all':{}}}}"))
        .isInstanceOf(SearchRefusal.class);
    assertThatThrownBy(() -> run.ids("{'script_score':{}}")).hasMessageContaining("no scripts");
  }
}
