package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What functions make of records.
class FunctionFeedsTest extends FunctionsFixture {
  private static final FeedId FEED = new FeedId("app", "ORDERS");
  private static final byte[] BATCH =
      "{\"feed\":\"ORDERS\",\"Records\":[{\"n\":1},{\"n\":2}]}".getBytes(StandardCharsets.UTF_8);
  private static final String MANIFEST = "{\"tables\":{\"ORDERS\":{\"feed\":{}}}}";

  @BeforeEach
  void needsTheEngine() {
    assumeEngine();
  }

  private Deployment deployed(String code) throws Exception {
    String source = "export default { async stream(batch, env, ctx) { " + code + " } };";
    return deploy(Map.of("bevy.json", MANIFEST, "function.js", source));
  }

  private FeedTarget.Answer told(String code) throws Exception {
    assertThat(deployed(code)).isInstanceOf(Deployment.Deployed.class);
    return functions.tell(cloud(), FEED, BATCH);
  }

  @Test
  void aFunctionTakesABatchByReturning() throws Exception {
    assertThat(told("console.log(batch.feed, batch.Records.map((record) => record.n).join());"))
        .isEqualTo(new FeedTarget.Answer.Taken());
    assertThat(functions.logs(cloud(), "app").orElseThrow())
        .anyMatch(line -> line.text().contains("ORDERS 1,2"));
    assertThat(memory.asked).contains("create app-dead-letters");
    assertThat(memory.feed.followers).containsExactly("feed/app/ORDERS");
  }

  @Test
  void aFunctionNamesWhatItHasNotTakenAsInLambda() throws Exception {
    assertThat(told("return { batchItemFailures: [{ itemIdentifier: 's2' }, {}] };"))
        .isEqualTo(new FeedTarget.Answer.Partly(java.util.List.of("s2", "")));
    assertThat(told("return { batchItemFailures: [] };")).isEqualTo(new FeedTarget.Answer.Taken());
    assertThat(told("return { batchItemFailures: 'all' };"))
        .isInstanceOf(FeedTarget.Answer.Refused.class);
  }

  @Test
  void aFunctionThatThrowsHasNotTakenTheBatchAndSaysWhy() throws Exception {
    assertThat(told("throw new Error('not today');"))
        .isInstanceOfSatisfying(
            FeedTarget.Answer.Refused.class,
            refused -> assertThat(refused.error()).contains("not today"));
  }

  @Test
  void anAnswerThatIsTooLongIsNone() throws Exception {
    String code = "return { batchItemFailures: [{ itemIdentifier: 'x'.repeat(1 << 20) }] };";
    assertThat(told(code))
        .isInstanceOfSatisfying(
            FeedTarget.Answer.Refused.class,
            refused -> assertThat(refused.error()).contains("more than"));
  }

  @Test
  void aTableWithAFeedNeedsAFunctionThatTakesIt() throws Exception {
    assertThat(deploy(Map.of("bevy.json", MANIFEST, "function.js", source("return null;"))))
        .isInstanceOfSatisfying(
            Deployment.Refused.class,
            refused -> assertThat(refused.reason()).contains("stream(batch, env, ctx)"));
    assertThat(deploy(Map.of("bevy.json", MANIFEST, "public/index.html", "<p>")))
        .isInstanceOfSatisfying(
            Deployment.Refused.class,
            refused -> assertThat(refused.reason()).contains("no function"));
    assertThat(memory.feed.followers).isEmpty();
  }

  @Test
  void anAppThatIsNotThereCannotBeAsked() {
    assertThat(functions.tell(cloud(), FEED, BATCH)).isInstanceOf(FeedTarget.Answer.Unasked.class);
  }

  @Test
  void aDeployedFeedDeliversAndARemovedOneIsForgotten() throws Exception {
    assertThat(deployed("return {};")).isInstanceOf(Deployment.Deployed.class);
    memory.feed.write(cloud());
    assertThat(functions.feeds().ring(cloud(), FEED.alarm(), () -> false)).isEmpty();
    assertThat(functions.standings(cloud()))
        .singleElement()
        .satisfies(feed -> assertThat(feed.done().delivered()).isEqualTo(1));
    assertThat(functions.remove(cloud(), "app")).isTrue();
    assertThat(functions.standings(cloud())).isEmpty();
    assertThat(memory.feed.followers).isEmpty();
  }
}
