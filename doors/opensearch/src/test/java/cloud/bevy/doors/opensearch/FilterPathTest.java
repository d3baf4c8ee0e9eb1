package cloud.bevy.doors.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class FilterPathTest {
  private static final String ANSWER =
      """
      {"took":1,"hits":{"total":{"value":2},"max_score":null,"hits":[\
      {"_id":"1","_source":{"a":1,"ab":2,"deep":{"a":3}}},{"_id":"2","_source":{}}]}}\
      """;

  private static Object filtered(String path) {
    return filtered(path, ANSWER);
  }

  private static Object filtered(String path, String answer) {
    FilterPath filter = FilterPath.of(new Parameters(Map.of("filter_path", path)));
    Object body =
        filter.apply(Answer.of(Json.object(answer.getBytes(StandardCharsets.UTF_8)))).body();
    return new String(Json.bytes(body, false), StandardCharsets.UTF_8).replace('"', '\'');
  }

  @Test
  void whatIsNamedStays() {
    assertThat(filtered("took")).isEqualTo("{'took':1}");
    assertThat(filtered("took,hits.total")).isEqualTo("{'took':1,'hits':{'total':{'value':2}}}");
    assertThat(filtered("hits.max_score")).isEqualTo("{'hits':{'max_score':null}}");
  }

  @Test
  void listsAreLookedThrough() {
    assertThat(filtered("hits.hits._id")).isEqualTo("{'hits':{'hits':[{'_id':'1'},{'_id':'2'}]}}");
    assertThat(filtered("hits.hits._source.a"))
        .isEqualTo("{'hits':{'hits':[{'_source':{'a':1}}]}}");
  }

  @Test
  void starsStandForPartsOfNamesAndTwoForAnyNames() {
    assertThat(filtered("hits.hits._source.a*"))
        .isEqualTo("{'hits':{'hits':[{'_source':{'a':1,'ab':2}}]}}");
    assertThat(filtered("h*.t*.v*")).isEqualTo("{'hits':{'total':{'value':2}}}");
    assertThat(filtered("**.a"))
        .isEqualTo("{'hits':{'hits':[{'_source':{'a':1,'deep':{'a':3}}}]}}");
    assertThat(filtered("hits.total.**")).isEqualTo("{'hits':{'total':{'value':2}}}");
  }

  @Test
  void whatIsBehindAMinusGoesFirst() {
    assertThat(filtered("-hits")).isEqualTo("{'took':1}");
    assertThat(filtered("-hits.hits,-hits.max_score"))
        .isEqualTo("{'took':1,'hits':{'total':{'value':2}}}");
    assertThat(filtered("hits.hits._source,-**.deep"))
        .isEqualTo("{'hits':{'hits':[{'_source':{'a':1,'ab':2}}]}}");
    assertThat(filtered("took,-took")).isEqualTo("{}");
  }

  @Test
  void nothingIsLeftOfWhatIsNotThere() {
    assertThat(filtered("other")).isEqualTo("{}");
    assertThat(filtered("took.value")).isEqualTo("{}");
    assertThat(filtered("")).isEqualTo(ANSWER.strip().replace('"', '\''));
  }

  @Test
  void errorsAreWhole() {
    assertThat(filtered("took", "{\"error\":\"e\"}")).isEqualTo("{'error':'e'}");
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void pathsOfStrangersTakeBoundedTime() {
    String deep = "{\"a\":".repeat(30) + "1" + "}".repeat(30);
    assertThat(filtered("**.".repeat(300) + "b", deep)).isEqualTo("{}");
    assertThat(filtered("**.a.".repeat(190) + "b", deep)).isEqualTo("{}");
    assertThatThrownBy(() -> filtered("a,".repeat(600), deep)).isInstanceOf(Refused.class);
  }
}
