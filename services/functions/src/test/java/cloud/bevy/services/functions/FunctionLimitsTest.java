package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Functions that want too much, with limits small enough for a test.
class FunctionLimitsTest extends FunctionsFixture {
  private static final String MIXED =
      """
      if (url.pathname === '/spin') while (true);
      if (url.pathname === '/fill') { const a = []; a.length = 2 ** 27; a.fill(1.5); }
      if (url.pathname === '/late') await new Promise((done) => setTimeout(done, 60_000));
      if (url.pathname === '/flood') for (let i = 0; i < 20_000; i++) console.log('x'.repeat(1000));
      return new Response('ok');
      """;

  @Override
  FunctionLimits limits() {
    return new FunctionLimits(
        new FunctionLimits.Time(
            Duration.ofSeconds(20), Duration.ofSeconds(6), Duration.ofMillis(300)),
        Duration.ofMillis(300),
        128L << 20);
  }

  @BeforeEach
  void needsTheEngine() {
    assumeEngine();
  }

  @Test
  void spinForever() throws Exception {
    function(MIXED);
    assertThat(get("/").body()).isEqualTo("ok");
    HttpResponse<String> stopped = get("/spin");
    assertThat(stopped.statusCode()).isEqualTo(503);
    assertThat(stopped.body()).contains("FunctionExceededCpu");
    assertThat(get("/").body()).isEqualTo("ok");
  }

  @Test
  void fillASparseArray() throws Exception {
    function(MIXED);
    // Which limit it meets first depends on how busy the machine is.
    assertThat(get("/fill").body()).contains("FunctionExceeded");
    assertThat(get("/").body()).isEqualTo("ok");
  }

  @Test
  void everyoneWhoWaitsIsToldWhenTheEngineIsEnded() throws Exception {
    function(MIXED);
    CompletableFuture<HttpResponse<String>> waiting =
        client.sendAsync(
            java.net.http.HttpRequest.newBuilder(uri("/late")).build(),
            HttpResponse.BodyHandlers.ofString());
    get("/");
    assertThat(get("/spin").statusCode()).isEqualTo(503);
    assertThat(waiting.get().statusCode()).isEqualTo(503);
    assertThat(get("/").body()).isEqualTo("ok");
  }

  @Test
  void neverAnswer() throws Exception {
    function(MIXED);
    HttpResponse<String> late = get("/late");
    assertThat(late.statusCode()).isEqualTo(504);
    assertThat(late.body()).contains("FunctionTimedOut");
    assertThat(get("/").body()).isEqualTo("ok");
  }

  @Test
  void floodTheLog() throws Exception {
    function(MIXED);
    assertThat(get("/flood").body()).isEqualTo("ok");
    List<LogLine> lines = functions.logs(cloud(), "app").orElseThrow();
    assertThat(lines).hasSizeLessThanOrEqualTo(FunctionLog.MAX_LINES);
  }

  @Test
  void spinWhileStarting() throws IOException {
    Deployment deployment = deploy(Map.of("function.js", "while (true);"));
    assertThat(deployment)
        .isInstanceOfSatisfying(
            Deployment.Refused.class,
            refused -> assertThat(refused.reason()).contains("computed for too long"));
  }

  @Test
  void anIdleCloudHasNoProcessAndNoFolder() throws Exception {
    function(MIXED);
    assertThat(get("/").body()).isEqualTo("ok");
    for (int looks = 0; looks < 200 && !idle(); looks++) {
      world.tasks().sleep(Duration.ofMillis(50));
    }
    assertThat(idle()).isTrue();
    assertThat(get("/").body()).isEqualTo("ok");
  }

  private boolean idle() throws IOException {
    try (var folders = Files.list(folders())) {
      return folders.findAny().isEmpty();
    }
  }
}
