package cloud.bevy.product.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.doors.aws.DynamoDoor;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.ClientResponse;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.services.functions.BundleWriter;
import cloud.bevy.services.functions.Deployment;
import cloud.bevy.services.functions.Functions;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `examples/notes` on real tables, buckets and functions.
class NotesTest {
  private static final Path ROOT = Path.of(System.getProperty("bevy.root", "."));
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final World world = RealWorld.create((level, sentence) -> {});
  private final HttpClient client = HttpClient.open(world);
  private Clouds clouds;
  private Functions functions;
  private HttpServer server;

  @BeforeEach
  void deploy(@TempDir Path home) throws IOException {
    Path dist = ROOT.resolve("dist");
    assumeThat(dist.resolve("engine/workerd")).as("the engine is installed").exists();
    assumeThat(namespaces()).as("this machine allows namespaces").isTrue();
    clouds = Clouds.open(world, home.resolve("home"), CloudLimits.defaults());
    clouds.create("default");
    Indexes indexes = new Indexes(world, home.resolve("search"), SearchLimits.defaults());
    functions = Apps.functions(world, dist, home, new DynamoDoor(world, clouds, indexes));
    Apps apps = new Apps(clouds, functions, "default");
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        HttpServer.start(world, HttpLimits.DEFAULT, address, each -> apps.handle("notes", each));
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    new BundleWriter(world.disk(), ROOT.resolve("examples/notes")).write(bundle);
    try (Lease lease = clouds.open("default").orElseThrow()) {
      assertThat(functions.deploy(lease.cloud(), new ByteArrayInputStream(bundle.toByteArray())))
          .isInstanceOf(Deployment.Deployed.class);
    }
  }

  @AfterEach
  void close() {
    if (clouds != null) {
      server.close();
      clouds.close();
      functions.close();
    }
    client.close();
  }

  @Test
  void aNoteIsAddedListedEditedAndDeleted() throws Exception {
    String id = add("buy bread");
    assertThat(ask("GET", "/api/notes", "").body()).contains("buy bread", id);
    assertThat(ask("PUT", "/api/notes/" + id, "{\"text\":\"buy wine\"}").status()).isEqualTo(200);
    assertThat(ask("GET", "/api/notes", "").body()).contains("wine").doesNotContain("bread");
    assertThat(ask("DELETE", "/api/notes/" + id, "").status()).isEqualTo(204);
    assertThat(ask("GET", "/api/notes", "").body()).isEqualTo("{\"notes\":[]}");
    assertThat(ask("PUT", "/api/notes/" + id, "{\"text\":\"back\"}").status()).isEqualTo(404);
  }

  @Test
  void aNoteKeepsItsPicture() throws Exception {
    String id = add("a picture");
    assertThat(ask("GET", "/api/notes/" + id + "/picture", "").status()).isEqualTo(404);
    String picture = "not really a picture ".repeat(10_000);
    Answer put = ask("PUT", "/api/notes/" + id + "/picture", picture, "image/png");
    assertThat(put.body()).contains("\"picture\":true");
    Answer got = ask("GET", "/api/notes/" + id + "/picture", "");
    assertThat(got.type()).isEqualTo("image/png");
    assertThat(got.body()).isEqualTo(picture);
  }

  @Test
  void whatIsNoNoteIsRefused() throws Exception {
    assertThat(ask("POST", "/api/notes", "{\"text\":\" \"}").status()).isEqualTo(400);
    assertThat(ask("POST", "/api/notes", "nonsense").status()).isEqualTo(400);
    assertThat(ask("PUT", "/api/notes/x/picture", "<p>", "text/html").status()).isEqualTo(400);
  }

  @Test
  void thePageIsServed() throws Exception {
    Answer page = ask("GET", "/", "");
    assertThat(page.type()).isEqualTo("text/html; charset=utf-8");
    assertThat(page.body()).contains("<title>Notes</title>");
  }

  private record Answer(int status, String type, String body) {}

  private String add(String text) throws IOException {
    Answer added = ask("POST", "/api/notes", "{\"text\":\"" + text + "\"}");
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(added.body());
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private Answer ask(String method, String target, String body) throws IOException {
    return ask(method, target, body, "application/json");
  }

  private Answer ask(String method, String target, String body, String type) throws IOException {
    ClientRequest request = ClientRequest.of(method, target);
    request.headers().set("Content-Type", type).set("Host", "notes.localhost:4566");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ClientRequest sent =
        bytes.length == 0 ? request : request.with(new ClientRequest.Body.Bytes(bytes));
    try (ClientResponse response = client.send(server.address(), sent, DEADLINE)) {
      String answered = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(
          response.status(), response.headers().first("content-type").orElse(""), answered);
    }
  }

  static boolean namespaces() {
    try {
      return new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "true")
              .start()
              .waitFor()
          == 0;
    } catch (IOException | InterruptedException missing) {
      return false;
    }
  }
}
