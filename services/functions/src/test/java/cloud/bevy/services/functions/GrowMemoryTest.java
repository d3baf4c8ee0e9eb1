package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions that hold ever more memory. They may compute for so long that, however busy the
/// machine is, memory is what they exceed.
class GrowMemoryTest extends FunctionsFixture {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Override
  FunctionLimits limits() {
    return new FunctionLimits(new FunctionLimits.Time(LONG, LONG, LONG), LONG, 128L << 20);
  }

  @BeforeEach
  void needsTheEngine() {
    assumeEngine();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const all = []; while (true) all.push(new Array(1000).fill(all.length));",
        "'x'.repeat(2 ** 28).split('');",
        "const all = []; while (true) all.push(new Uint8Array(16 << 20).fill(1));",
      })
  void growMemory(String how) throws Exception {
    function("if (url.pathname === '/grow') { " + how + " } return new Response('ok');");
    HttpResponse<String> stopped = get("/grow");
    assertThat(stopped.body()).contains("FunctionExceededMemory");
    assertThat(stopped.statusCode()).isEqualTo(503);
    assertThat(get("/").body()).isEqualTo("ok");
  }
}
