package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the node answers on the socket in the jail, for a function that has got hold of the
/// connection itself: nothing but six operations on the tables and buckets of its own app.
class BindingsHandlerTest extends FunctionsFixture {
  private static final String OWN = "{\"TableName\": \"app-notes\"}";

  @BeforeEach
  void answerAsTheNode() throws Exception {
    server.close();
    Manifest manifest =
        ManifestReader.read(
            "{\"tables\": {\"NOTES\": {}}, \"buckets\": {\"PICTURES\": \"\"}}"
                .getBytes(StandardCharsets.UTF_8),
            "app");
    App app = new App(manifest, new App.Place("drive", 1), Instant.EPOCH);
    BindingsHandler handler =
        new BindingsHandler(cloud(), memory.bindings(), Map.of("app", app), () -> {});
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.start(world, HttpLimits.DEFAULT, address, handler);
  }

  @Test
  void theAppsOwnTableIsReached() throws Exception {
    assertThat(ask("app", "/table/app-notes/GetItem", OWN).statusCode()).isEqualTo(200);
    assertThat(memory.asked).containsExactly("GetItem " + OWN);
  }

  @Test
  void theAppsOwnBucketIsReached() throws Exception {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(uri("/list/app-pictures")).header("bevy-app", "app"));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void anotherTableIsNot() throws Exception {
    refused("app", "/table/secret/GetItem", "{\"TableName\": \"secret\"}");
  }

  @Test
  void anotherTableUnderTheOwnNameIsNot() throws Exception {
    refused("app", "/table/app-notes/GetItem", "{\"TableName\": \"secret\"}");
    refused("app", "/table/app-notes/GetItem", "{}");
  }

  @Test
  void aTableThatIsNamedTwiceIsNot() throws Exception {
    refused(
        "app",
        "/table/app-notes/GetItem",
        "{\"TableName\": \"app-notes\", \"TableName\": \"secret\"}");
    refused(
        "app",
        "/table/app-notes/GetItem",
        "{\"TableName\": \"secret\", \"TableName\": \"app-notes\"}");
  }

  @Test
  void aTableThatIsNamedOnlyFurtherInIsNot() throws Exception {
    refused("app", "/table/app-notes/GetItem", "{\"Key\": {\"TableName\": \"app-notes\"}}");
  }

  @Test
  void anOperationThatChangesTheTableItselfIsNot() throws Exception {
    refused("app", "/table/app-notes/DeleteTable", OWN);
  }

  @Test
  void anotherBucketIsNot() throws Exception {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(uri("/list/secret")).header("bevy-app", "app"));
    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void anAppThatIsNotThereIsRefused() throws Exception {
    refused("other", "/table/app-notes/GetItem", OWN);
  }

  private void refused(String app, String path, String body) throws Exception {
    assertThat(ask(app, path, body).statusCode()).isBetween(400, 404);
    assertThat(memory.asked).isEmpty();
  }

  private HttpResponse<String> ask(String app, String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("bevy-app", app)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }
}
