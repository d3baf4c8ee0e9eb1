package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Apps on a machine without the engine.
class StaticFilesTest extends FunctionsFixture {
  @Override
  Path engine() {
    return home.resolve("no-engine");
  }

  @BeforeEach
  void deployPages() throws Exception {
    assertThat(
            deploy(
                Map.of(
                    "public/index.html", "<p>home",
                    "public/about.html", "<p>about",
                    "public/docs/index.html", "<p>docs",
                    "public/style.css", "0123456789",
                    "secret.json", "{}")))
        .isInstanceOf(Deployment.Deployed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/, <p>home, text/html; charset=utf-8",
    "/?q, <p>home, text/html; charset=utf-8",
    "/about, <p>about, text/html; charset=utf-8",
    "/docs/, <p>docs, text/html; charset=utf-8",
    "/style.css, 0123456789, text/css; charset=utf-8",
    "/%73tyle.css, 0123456789, text/css; charset=utf-8"
  })
  void aPublicFileIsServedWithItsType(String path, String body, String type) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().firstValue("content-type")).contains(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/secret.json",
        "/../secret.json",
        "/%2e%2e/secret.json",
        "/..%2fsecret.json",
        "//secret.json",
        "/%00",
        "/%zz",
        "/absent"
      })
  void pathTraversal(String path) throws Exception {
    try (java.net.Socket socket =
        new java.net.Socket(server.address().getAddress(), server.address().getPort())) {
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: app.localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes()))
          .startsWith("HTTP/1.1 4")
          .doesNotContain("{}");
    }
  }

  @Test
  void aFileThatIsKnownIsNotSentAgain() throws Exception {
    String tag = get("/style.css").headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again =
        send(HttpRequest.newBuilder(uri("/style.css")).header("If-None-Match", "\"x\", W/" + tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=2-4, 206, 234, bytes 2-4/10",
    "bytes=7-, 206, 789, bytes 7-9/10",
    "bytes=-2, 206, 89, bytes 8-9/10",
    "bytes=5-99, 206, 56789, bytes 5-9/10",
    "bytes=10-, 416, '', bytes */10",
    "bytes=-0, 416, '', bytes */10",
    "bytes=4-2, 200, 0123456789,",
    "lines=1-2, 200, 0123456789,"
  })
  void aPartOfAFileIsServed(String range, int status, String body, String part) throws Exception {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(uri("/style.css")).header("Range", range));
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.headers().firstValue("content-range").orElse(null)).isEqualTo(part);
  }

  @Test
  void aHeadHasNoBody() throws Exception {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri("/style.css"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("content-length")).contains("10");
  }

  @Test
  void aFunctionIsNotDeployedWithoutTheEngineAndASentenceSaysHowToGetIt() throws Exception {
    assertThat(deploy(Map.of("function.js", source("return new Response('x');"))))
        .isInstanceOfSatisfying(
            Deployment.Refused.class,
            refused -> assertThat(refused.reason()).contains("build/engine/install"));
    assertThat(get("/").body()).isEqualTo("<p>home");
  }

  @Test
  void anAppWithNothingInItIsRefused() throws Exception {
    assertThat(deploy(Map.of("readme.md", "x"))).isInstanceOf(Deployment.Refused.class);
    assertThat(deploy(Map.of("bevy.json", "{\"main\": \"x.js\"}", "public/a", "")))
        .isInstanceOf(Deployment.Refused.class);
  }

  @Test
  void aMissingPageIsNotFound() throws Exception {
    assertThat(get("/absent").statusCode()).isEqualTo(404);
  }
}
