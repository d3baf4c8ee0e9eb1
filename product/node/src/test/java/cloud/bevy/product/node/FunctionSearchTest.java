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
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.functions.Deployment;
import cloud.bevy.services.functions.Functions;
import cloud.bevy.services.search.BucketDefinition;
import cloud.bevy.services.search.Indexes;
import cloud.bevy.services.search.SearchDefinition;
import cloud.bevy.services.search.SearchLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A function searches the table that it writes, in the real engine.
class FunctionSearchTest {
  private static final Path DIST =
      Path.of(System.getProperty("bevy.root", "../..")).resolve("dist");
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String FUNCTION =
      """
      export default { async fetch(request, env) {
        await env.BOOKS.put({ id: 1, title: "Moby Dick", tags: new Set(["sea"]) });
        await env.BOOKS.put({ id: 2, title: "The Old Man and the Sea" });
        await env.BOOKS.put({ id: 3, title: "Dune" });
        const text = await env.BOOKS.search("sea OR moby", { limit: 5, highlight: ["title"] });
        const json = await env.BOOKS.search({ query: { match: { title: "dune" } } });
        let refused = "";
        try {
          await env.BOOKS.search({ query: { frob: {} } });
        } catch (error) {
          refused = error.name;
        }
        await env.FILES.put("a.md", "# Whales\\n\\nCall me Ishmael.");
        const files = await env.FILES.search("ishmael", { highlight: ["text"] });
        return Response.json([
          files.keys, files.hits[0].document.title, files.hits[0].highlight.text,
          text.total, text.items.map((item) => item.id).sort(), text.hits[0].highlight,
          json.hits[0].id, json.items[0], refused
        ]);
      } };
      """;

  private final World world = RealWorld.create((level, sentence) -> {});

  private static byte[] bundle() {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes("bevy-bundle 1 finder\n".getBytes(StandardCharsets.UTF_8));
    String table = "{\"table\":\"books\",\"partitionKey\":\"id:N\"}";
    String files = ",\"buckets\":{\"FILES\":\"files\"}}";
    add(bundle, "bevy.json", "{\"tables\":{\"BOOKS\":" + table + "}" + files);
    add(bundle, "function.js", FUNCTION);
    bundle.writeBytes("end\n".getBytes(StandardCharsets.UTF_8));
    return bundle.toByteArray();
  }

  private static void add(ByteArrayOutputStream bundle, String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    bundle.writeBytes((bytes.length + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
    bundle.writeBytes(bytes);
  }

  @Test
  void aFunctionFindsWhatItHasWritten(@TempDir Path home) throws Exception {
    assumeThat(DIST.resolve("engine/workerd")).as("the engine is installed").exists();
    assumeThat(NotesTest.namespaces()).as("this machine allows namespaces").isTrue();
    Indexes indexes = new Indexes(world, home.resolve("search"), SearchLimits.defaults());
    try (Clouds clouds = Clouds.open(world, home.resolve("home"), CloudLimits.defaults())) {
      clouds.create("default");
      try (Functions functions =
          Apps.functions(world, DIST, home, new DynamoDoor(world, clouds, indexes))) {
        assertThat(said(clouds, functions, indexes))
            .isEqualTo(
                "[['a.md'],'Whales',['# Whales\\n\\nCall me <em>Ishmael</em>.'],".replace('\'', '"')
                    + "2,[1,2],{'title':['<em>Moby</em> Dick']},'3',".replace('\'', '"')
                    + "{\"id\":3,\"title\":\"Dune\"},\"ValidationException\"]");
      }
    }
  }

  private String said(Clouds clouds, Functions functions, Indexes indexes) throws IOException {
    try (Lease lease = clouds.open("default").orElseThrow()) {
      assertThat(functions.deploy(lease.cloud(), new ByteArrayInputStream(bundle())))
          .isInstanceOf(Deployment.Deployed.class);
      indexes
          .of(lease.cloud())
          .define("books", SearchDefinition.of(Map.of("bevy:search:text", "title")).orElseThrow());
      Bucket bucket = Buckets.in(lease.cloud()).find(new BucketName("files")).orElseThrow();
      indexes.of(lease.cloud()).buckets().define(bucket, BucketDefinition.ALL);
    }
    Apps apps = new Apps(clouds, functions, "default");
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ClientRequest request = ClientRequest.of("GET", "/");
    request.headers().set("Host", "finder.localhost:4566");
    try (HttpServer server =
            HttpServer.start(
                world, HttpLimits.DEFAULT, address, each -> apps.handle("finder", each));
        HttpClient client = HttpClient.open(world);
        ClientResponse response = client.send(server.address(), request, DEADLINE)) {
      return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
