package cloud.bevy.services.functions;

import static org.assertj.core.api.Assumptions.assumeThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A cloud with functions behind a real listener: the app of a request is its first path segment's
/// namesake, here always `app`.
abstract class FunctionsFixture {
  static final Path ENGINE =
      Path.of(System.getProperty("bevy.root", "."), "dist", "engine", "workerd").toAbsolutePath();

  final World world = RealWorld.create((level, sentence) -> {});
  final MemoryBindings memory = new MemoryBindings();
  @TempDir Path home;
  Clouds clouds;
  Lease lease;
  Functions functions;
  HttpServer server;
  final HttpClient client = HttpClient.newHttpClient();

  /// The limits of this test.
  FunctionLimits limits() {
    return FunctionLimits.DEFAULT;
  }

  Path engine() {
    return ENGINE;
  }

  Path folders() {
    return home.resolve("run");
  }

  @BeforeEach
  void open() throws IOException {
    clouds = Clouds.open(world, home.resolve("clouds"), CloudLimits.defaults());
    clouds.create("home");
    lease = clouds.open("home").orElseThrow();
    functions = functions();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        HttpServer.start(
            world,
            HttpLimits.DEFAULT,
            address,
            exchange -> {
              if (!functions.handle(cloud(), "app", exchange)) {
                exchange.status(404).send("no such app".getBytes(StandardCharsets.UTF_8));
              }
            });
  }

  @AfterEach
  void close() {
    server.close();
    lease.close();
    clouds.close();
    functions.close();
    client.close();
  }

  Functions functions() throws IOException {
    EngineSettings settings =
        new EngineSettings(engine(), folders(), home.resolve("logs"), limits());
    return new Functions(world, settings, memory.bindings());
  }

  Cloud cloud() {
    return lease.cloud();
  }

  static void assumeEngine() {
    assumeThat(ENGINE).as("the engine is installed").exists();
    assumeThat(JailTest.possible()).as("this machine allows namespaces").isTrue();
  }

  Deployment deploy(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes("bevy-bundle 1 app\n".getBytes(StandardCharsets.UTF_8));
    for (String path : files.keySet().stream().sorted(BundleOrder.MANIFEST_FIRST).toList()) {
      byte[] content = files.get(path).getBytes(StandardCharsets.UTF_8);
      bundle.writeBytes((content.length + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
      bundle.writeBytes(content);
    }
    bundle.writeBytes("end\n".getBytes(StandardCharsets.UTF_8));
    return functions.deploy(cloud(), new ByteArrayInputStream(bundle.toByteArray()));
  }

  /// Deploys a function whose body is `code`, with `request`, `env`, `url` at hand.
  void function(String code) throws IOException {
    Deployment deployment = deploy(Map.of("function.js", source(code)));
    if (deployment instanceof Deployment.Refused(String reason)) {
      throw new AssertionError(reason);
    }
  }

  static String source(String code) {
    return "export default { async fetch(request, env, ctx) { const url = new URL(request.url); "
        + code
        + " } };";
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(
        request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }

  private enum BundleOrder implements java.util.Comparator<String> {
    MANIFEST_FIRST;

    @Override
    public int compare(String one, String other) {
      boolean first = one.equals(Manifest.FILE);
      return first != other.equals(Manifest.FILE) ? (first ? -1 : 1) : one.compareTo(other);
    }
  }
}
