package cloud.bevy.product.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.ClientResponse;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.LifecycleConfiguration;
import cloud.bevy.services.buckets.LifecycleFilter;
import cloud.bevy.services.buckets.LifecycleRule;
import cloud.bevy.services.buckets.LifecycleTime;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.WriteCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final World world = RealWorld.create(System.out);
  private final HttpClient client = HttpClient.open(world);
  private Path home;
  private Node node;

  @BeforeEach
  void start(@TempDir Path folder) {
    home = folder.resolve("home");
    node = Node.start(world, options(home));
  }

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  private static NodeOptions options(Path home) {
    return NodeOptions.of(home, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private record Answer(int status, String body) {}

  private Answer ask(String method, String target, String token) throws IOException {
    URI endpoint = URI.create(node.endpoint());
    ClientRequest request = ClientRequest.of(method, target);
    request.headers().set("Authorization", "Bearer " + token);
    InetSocketAddress peer = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
    try (ClientResponse response = client.send(peer, request, DEADLINE)) {
      String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(response.status(), body);
    }
  }

  private Answer control(String method, String target) throws IOException {
    return ask(method, "/_bevy/" + target, field("token"));
  }

  private String field(String name) throws IOException {
    String json = Files.readString(home.resolve("node.json"));
    Matcher matcher = Pattern.compile("\"" + name + "\": \"?([^\",\n]+)").matcher(json);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void aNodeSaysWhereItIs() throws Exception {
    assertThat(field("endpoint")).isEqualTo(node.endpoint());
    assertThat(field("pid")).isEqualTo(Long.toString(ProcessHandle.current().pid()));
    assertThat(field("version")).isEqualTo(Build.VERSION);
  }

  @Test
  void aNodeIsHealthyAndReady() throws Exception {
    assertThat(ask("GET", "/healthz", "").status()).isEqualTo(200);
    assertThat(ask("GET", "/readyz", "").status()).isEqualTo(200);
  }

  @Test
  void theStoreIsAmongTheMetrics() throws Exception {
    assertThat(ask("GET", "/metrics", "").body())
        .contains("bevy_store_bytes ", "bevy_clouds_open 0.0", "bevy_http_requests_in_flight 1.0");
  }

  @Test
  @Timeout(60)
  void operationsOfS3AreAmongTheMetrics() throws Exception {
    String count =
        "bevy_operations_total{door=\"s3\",operation=\"GetBucketAcl\",status=\"404\"} 1\n";
    assertThat(ask("GET", "/metrics", "").body()).doesNotContain(count);
    URI endpoint = URI.create(node.endpoint());
    InetSocketAddress peer = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
    ClientRequest unsigned = ClientRequest.of("GET", "/no-such-bucket?acl");
    try (ClientResponse response = client.send(peer, unsigned, DEADLINE)) {
      assertThat(response.status()).isEqualTo(404);
    }
    while (!ask("GET", "/metrics", "").body().contains(count)) {
      Thread.onSpinWait(); // it is counted once it is answered
    }
  }

  @Test
  void nobodyControlsANodeWithoutItsToken() throws Exception {
    assertThat(ask("POST", "/_bevy/stop", "x").status()).isEqualTo(401);
    assertThat(ask("GET", "/_bevy/credentials", "").body()).doesNotContain("secretAccessKey");
  }

  @Test
  void statusSaysWhatThereIs() throws Exception {
    Answer answer = control("GET", "status");
    assertThat(answer.body()).contains("\"version\":\"" + Build.VERSION + "\"", "\"openClouds\":0");
  }

  @Test
  void theFirstCloudIsThereFromTheStartAndKeepsItsKey() throws Exception {
    String first = control("GET", "credentials?cloud=default").body();
    assertThat(first).contains("accessKeyId", "secretAccessKey");
    node.close();
    node = Node.start(world, options(home));
    assertThat(control("GET", "credentials").body()).isEqualTo(first);
    assertThat(control("GET", "clouds").body()).contains("\"name\":\"default\"");
  }

  @Test
  void cloudsAreMadeByNameOnce() throws Exception {
    assertThat(control("POST", "clouds/team").status()).isEqualTo(200);
    assertThat(control("POST", "clouds/team").status()).isEqualTo(409);
    assertThat(control("POST", "clouds/Team%2F..").status()).isEqualTo(400);
    assertThat(control("GET", "credentials?cloud=team").status()).isEqualTo(200);
    assertThat(control("GET", "credentials?cloud=nobody").body())
        .contains("there is no cloud \\\"nobody\\\"", "hint");
  }

  @Test
  void anUnsignedTableOperationIsRefusedByTheTablesDoor() throws Exception {
    ClientRequest request = ClientRequest.of("POST", "/");
    request.headers().set("X-Amz-Target", "DynamoDB_20120810.ListTables");
    request.headers().set("Content-Type", "application/x-amz-json-1.0");
    URI endpoint = URI.create(node.endpoint());
    InetSocketAddress peer = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
    try (ClientResponse response = client.send(peer, request, DEADLINE)) {
      assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("MissingAuthenticationToken");
    }
  }

  @Test
  void anUnsignedRequestForAnObjectIsRefusedByTheStorageDoor() throws Exception {
    Answer answer = ask("GET", "/photos/cat.jpg", "");
    assertThat(answer.status()).isBetween(400, 403);
    assertThat(answer.body()).contains("<Error>", "<Code>");
  }

  @Test
  void anUnknownOperationIsRefusedWithAHint() throws Exception {
    Answer answer = control("GET", "nothing");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains("\"hint\":");
  }

  @Test
  void whoWaitsForTheStopIsToldOfIt() throws Exception {
    assertThat(control("POST", "stop").status()).isEqualTo(200);
    node.awaitStop();
    node.close();
    assertThat(Files.exists(home.resolve("node.json"))).isFalse();
  }

  @Test
  void aSecondNodeOnTheSameFolderSaysWhoHasIt() {
    assertThatThrownBy(() -> Node.start(world, options(home)))
        .isInstanceOf(Node.InUse.class)
        .hasMessageContaining(home.toString());
  }

  @Test
  void aPortInUseIsSaidSoAndTheFolderGivenBack(@TempDir Path other) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
      Path second = other.resolve("second");
      assertThatThrownBy(() -> Node.start(world, NodeOptions.of(second, address)))
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.hint()).contains("--port"));
      Node.start(world, options(second)).close();
    }
  }

  @Test
  void whatBecameDueWhileNoNodeRanIsDoneAtTheStart() throws Exception {
    node.close();
    try (Clouds clouds = Clouds.open(world, home, CloudLimits.defaults());
        Lease lease = clouds.open("default").orElseThrow()) {
      makeOldObject(lease.cloud());
    }
    node = Node.start(world, options(home));
    long end = world.time().nanos() + DEADLINE.toNanos();
    while (control("GET", "buckets/logs/usage").body().contains("\"objects\":1")) {
      assertThat(world.time().nanos()).isLessThan(end);
      world.tasks().sleep(Duration.ofMillis(20));
    }
    assertThat(control("GET", "buckets/logs/usage").body()).contains("\"objects\":0");
  }

  private static void makeOldObject(Cloud cloud) throws IOException {
    Buckets buckets = Buckets.in(cloud);
    BucketName name = new BucketName("logs");
    var _ = buckets.create(name, "");
    Bucket bucket = buckets.find(name).orElseThrow();
    LifecycleRule rule =
        new LifecycleRule(
            "old",
            true,
            LifecycleFilter.ofPrefix("", false),
            Optional.of(new LifecycleTime.Date(Instant.EPOCH)),
            false,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    assertThat(bucket.settings().put(new LifecycleConfiguration(List.of(rule), false))).isTrue();
    Content content = Content.of(new ByteArrayInputStream(new byte[3]), 3);
    var _ = bucket.put(new ObjectKey("a"), ObjectAttributes.NONE, content, WriteCondition.always());
    cloud.wakeBy("lifecycle/logs", Instant.EPOCH);
  }

  @Test
  void theVersionIsThatOfTheBuild() throws Exception {
    String root = System.getProperty("bevy.root");
    assertThat(Files.readString(Path.of(root, "pom.xml")))
        .contains("<artifactId>bevy</artifactId>\n  <version>" + Build.VERSION + "</version>");
  }
}
