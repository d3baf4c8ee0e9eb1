package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What functions make of events.
class FunctionEventsTest extends FunctionsFixture {
  private static final byte[] EVENT = "{\"Records\":[{\"n\":42}]}".getBytes(StandardCharsets.UTF_8);
  private static final int ATTEMPTS = 200;
  private static final Duration PAUSE = Duration.ofMillis(25);

  @BeforeEach
  void needsTheEngine() {
    assumeEngine();
  }

  private void listener(String code) throws Exception {
    String source = "export default { async event(event, env, ctx) { " + code + " } };";
    assertThat(deploy(Map.of("function.js", source))).isInstanceOf(Deployment.Deployed.class);
  }

  /// What a function says is read from a pipe, by another task than the one that answers.
  private void awaitLine(String part) throws InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS && !said(part); attempt++) {
      Thread.sleep(PAUSE);
    }
    assertThat(lines()).anyMatch(line -> line.contains(part));
  }

  private boolean said(String part) {
    return lines().stream().anyMatch(line -> line.contains(part));
  }

  private List<String> lines() {
    return functions.logs(cloud(), "app").orElseThrow().stream().map(LogLine::text).toList();
  }

  @Test
  void aFunctionTakesAnEventByReturning() throws Exception {
    listener("console.log('got', event.Records[0].n);");
    assertThat(functions.hasFunction(cloud(), "app")).isTrue();
    assertThat(functions.tell(cloud(), "app", EVENT)).isTrue();
    awaitLine("got 42");
  }

  @Test
  void aFunctionThatThrowsHasNotTakenTheEvent() throws Exception {
    listener("throw new Error('not today');");
    assertThat(functions.tell(cloud(), "app", EVENT)).isFalse();
    awaitLine("not today");
  }

  @Test
  void anAppThatDoesNotListenHasNotTakenTheEvent() throws Exception {
    function("return new Response('fetched');");
    assertThat(functions.tell(cloud(), "app", EVENT)).isFalse();
    awaitLine("does not export event");
  }

  @Test
  void nobodyOutsideCanMakeAnEvent() throws Exception {
    deploy(
        Map.of(
            "function.js",
            "export default { fetch(request) { return new Response('fetched ' +"
                + " request.headers.get('bevy-event')); },"
                + " event() { throw new Error('forged'); } };"));
    assertThat(
            send(HttpRequest.newBuilder(uri("/"))
                    .header("Bevy-Event", "1")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(EVENT)))
                .body())
        .isEqualTo("fetched null");
  }

  @Test
  void anAppThatOnlyListensHasNoPages() throws Exception {
    listener("");
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  @Test
  void anAppThatIsNotThereOrHasNoFunctionCannotBeTold() throws Exception {
    assertThat(functions.hasFunction(cloud(), "app")).isFalse();
    deploy(Map.of("public/index.html", "<p>"));
    assertThat(functions.hasFunction(cloud(), "app")).isFalse();
    assertThatThrownBy(() -> functions.tell(cloud(), "app", EVENT))
        .isInstanceOf(FunctionFault.class);
  }
}
