package cloud.bevy.doors.http;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Handler;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Over a real socket, with doors that answer with their name.
class FrontDoorTest {
  private static final String SIGNED =
      "Authorization: AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/%s/aws4_request,"
          + " SignedHeaders=host, Signature=00\r\n";

  private final World world = RealWorld.create(System.out);
  private final AtomicReference<Optional<String>> obstacle =
      new AtomicReference<>(Optional.empty());
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    Handler tables = exchange -> say(exchange, "dynamodb");
    Handler buckets = exchange -> say(exchange, "s3");
    Handler sites = exchange -> say(exchange, "site");
    Handler search = exchange -> say(exchange, "search");
    Doors doors =
        new Doors(
            Map.of("s3", buckets, "dynamodb", tables, "s3-website", sites, "es", search),
            name -> asked.add(name) && name.startsWith("www."),
            (app, exchange) -> say(exchange, "app " + app),
            exchange -> say(exchange, "control"),
            exchange -> say(exchange, "replication"),
            exchange -> say(exchange, "mqtt"),
            obstacle::get);
    HostNames names = new HostNames(List.of("localhost", "Cloud.Example.org"));
    FrontDoor door = new FrontDoor(world, doors, names, new Metrics());
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.start(world, HttpLimits.DEFAULT, any, door);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static void say(Exchange exchange, String name) throws IOException {
    exchange.send((name + "!").getBytes(StandardCharsets.US_ASCII));
  }

  private String ask(String line, String headers) throws IOException {
    try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      String request = line + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Nested
  class Signed {
    @ParameterizedTest
    @ValueSource(strings = {"s3", "dynamodb"})
    void aSignedRequestGoesToTheServiceItIsSignedFor(String service) throws Exception {
      String answer = ask("POST /", "Host: localhost\r\n" + SIGNED.formatted(service));
      assertThat(answer).endsWith(service + "!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"photos.localhost", "photos.s3.localhost:4566", "host.docker.internal"})
    void whatIsSignedIsForItsServiceWhateverTheHost(String host) throws Exception {
      String answer = ask("GET /", "Host: " + host + "\r\n" + SIGNED.formatted("s3"));
      assertThat(answer).endsWith("s3!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/metrics", "/_bevy/stop", "/"})
    void whatIsSignedForStorageIsABucketWhateverItsName(String path) throws Exception {
      String answer =
          ask("GET " + path, "Host: localhost\r\nAccept: text/html\r\n" + SIGNED.formatted("s3"));
      assertThat(answer).endsWith("s3!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "%2F", "%2f"})
    void aPresignedUrlGoesToTheServiceItIsSignedFor(String slash) throws Exception {
      String credential = String.join(slash, "AKID", "20260101", "us-east-1", "s3", "aws4_request");
      String target = "/metrics?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + credential;
      assertThat(ask("GET " + target + "&X-Amz-Date=x", "Host: a.b\r\n")).endsWith("s3!");
    }

    @Test
    void nobodySignsForAWebSite() throws Exception {
      String host = "Host: photos.s3-website.localhost\r\n";
      assertThat(ask("GET /", host + SIGNED.formatted("s3"))).endsWith("site!");
    }

    @Test
    void aServiceThatIsNotOfferedIsRefusedInXml() throws Exception {
      String answer = ask("POST /", "Host: localhost\r\n" + SIGNED.formatted("sqs"));
      assertThat(answer)
          .startsWith("HTTP/1.1 501")
          .contains("<Code>UnknownOperation</Code>", "service 'sqs'");
    }

    @Test
    void aServiceThatIsNotOfferedIsRefusedInJson() throws Exception {
      String json = "Content-Type: application/x-amz-json-1.1\r\n";
      String answer = ask("POST /", "Host: localhost\r\n" + json + SIGNED.formatted("kms"));
      assertThat(answer)
          .startsWith("HTTP/1.1 501")
          .contains("\"__type\":\"UnknownOperationException\"", "service \\\"kms\\\"");
    }
  }

  @Nested
  class Unsigned {
    @Test
    void aTableOperationGoesToTables() throws Exception {
      String target = "X-Amz-Target: DynamoDB_20120810.ListTables\r\n";
      assertThat(ask("POST /", "Host: localhost\r\n" + target)).endsWith("dynamodb!");
    }

    @Test
    void aBrowserThatAsksForAPageWhetherItMayAskForTablesGoesToTables() throws Exception {
      String wanted = "Access-Control-Request-Headers: Authorization,X-Amz-Target\r\n";
      assertThat(ask("OPTIONS /", "Host: localhost\r\n" + wanted)).endsWith("dynamodb!");
    }

    @ParameterizedTest
    @CsvSource({
      "notes.localhost, app notes!",
      "NOTES.localhost:4566, app notes!",
      "notes.localhost., app notes!",
      "a.b.localhost, app a.b!",
      "notes.cloud.example.org, app notes!",
      "photos.s3.localhost, s3!",
      "my.photos.s3.localhost:80, s3!",
      "s3.localhost, s3!",
      "opensearch.localhost:4566, search!",
      "opensearch.cloud.example.org, search!",
      "photos.s3-website.localhost, site!",
      "www.example.com.s3-website-us-east-1.localhost:4566, site!",
      "photos.s3-website.eu-central-1.Cloud.Example.org, site!",
      "photos.s3.cloud.example.org, s3!",
      "localhost, s3!",
      "127.0.0.1:4566, s3!",
      "127.8.9.1, s3!",
      "192.168.1.20, s3!",
      "[::1]:4566, s3!",
      "cloud.example.org, s3!"
    })
    void theHostDecides(String host, String expected) throws Exception {
      assertThat(ask("GET /photos/cat.jpg", "Host: " + host + "\r\n")).endsWith(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthz", "/metrics", "/_bevy/x", "/hypercore"})
    void aWebSiteHasAllPathsOfAHostOfItsOwn(String path) throws Exception {
      String upgrade = "Upgrade: websocket\r\n";
      assertThat(ask("GET " + path, "Host: WWW.Example.test.:4566\r\n" + upgrade))
          .endsWith("site!");
      assertThat(asked).containsExactly("www.example.test");
    }

    @ParameterizedTest
    @CsvSource({
      "www.localhost, app www!",
      "www.notes.localhost, app www.notes!",
      "www.cloud.example.org, app www!",
      "www.s3.localhost, s3!"
    })
    void theHostsOfAppsAndBucketsAreNoWebSitesWhateverTheirNames(String host, String expected)
        throws Exception {
      assertThat(ask("GET /", "Host: " + host + "\r\n")).endsWith(expected);
      assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "localhost, /",
      "localhost, /books/_search",
      "127.0.0.1:4566, /_bulk",
      "host.of.a.container:4566, /books"
    })
    void whoSaysANameAndAPasswordSearches(String host, String path) throws Exception {
      String headers = "Host: " + host + "\r\nAuthorization: basic QUtJRDpzZWNyZXQ=\r\n";
      assertThat(ask("GET " + path, headers)).endsWith("search!");
      assertThat(ask("GET /", headers.replace(host, "www.example.com"))).endsWith("site!");
      assertThat(ask("GET /", headers.replace(host, "notes.localhost"))).endsWith("app notes!");
    }

    @Test
    void aPathLeadsToTheSearchAsWell() throws Exception {
      String host = "Host: localhost\r\n";
      assertThat(ask("GET /_opensearch/books/_search", host)).endsWith("search!");
      assertThat(ask("GET /_opensearch", host)).endsWith("search!");
      assertThat(ask("GET /_opensearchers/books", host)).endsWith("s3!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/metrics", "/_bevy/x", "/"})
    void anAppHasAllPathsForItself(String path) throws Exception {
      assertThat(ask("GET " + path, "Host: notes.localhost\r\n")).endsWith("app notes!");
    }

    @Test
    void aProgramWithoutCredentialsAtTheRootIsForStorageToRefuse() throws Exception {
      assertThat(ask("GET /", "Host: localhost\r\n")).endsWith("s3!");
    }

    @Test
    void aBrowserAtTheRootGetsAPage() throws Exception {
      String accept = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";
      assertThat(ask("GET /", "Host: localhost\r\n" + accept))
          .startsWith("HTTP/1.1 200")
          .contains("Content-Type: text/html", "Your cloud is up", "Content-Security-Policy");
    }

    @Test
    void curlAtTheRootGetsJson() throws Exception {
      assertThat(ask("GET /", "Host: localhost\r\nAccept: */*\r\n"))
          .contains("\"name\":\"Cloud Bevy\"");
    }
  }

  @Nested
  class DnsRebinding {
    @ParameterizedTest
    @CsvSource({
      "evil.example, /_bevy/stop",
      "evil.example:4566, /",
      "localhost.evil.example, /metrics",
      "xlocalhost, /healthz",
      "127.0.0.1.evil.example, /photos/cat.jpg",
      "999.0.0.1x, /readyz"
    })
    void aHostThatIsNotOursIsRefused(String host, String path) throws Exception {
      String answer = ask("GET " + path, "Host: " + host + "\r\nAccept: text/html\r\n");
      assertThat(answer).startsWith("HTTP/1.1 421").contains("does not answer to");
    }
  }

  @Nested
  class CrossSiteRequestForgery {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "Origin: http://evil.example\r\n",
          "Origin: http://notes.localhost\r\n",
          "Origin: null\r\n",
          "Sec-Fetch-Site: cross-site\r\n",
          "Sec-Fetch-Site: same-site\r\n"
        })
    void thePageOfAnotherOriginCannotControlTheMachine(String header) throws Exception {
      String answer = ask("POST /_bevy/stop", "Host: localhost\r\n" + header);
      assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("control!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n"})
    void aProgramAndTheMachinesOwnPagesCan(String header) throws Exception {
      assertThat(ask("POST /_bevy/stop", "Host: localhost\r\n" + header)).endsWith("control!");
    }
  }

  @Test
  void healthIsAboutTheProcessAlone() throws Exception {
    obstacle.set(Optional.of("the disk is full: make room"));
    assertThat(ask("GET /healthz", "Host: localhost\r\n")).startsWith("HTTP/1.1 200");
  }

  @Test
  void readinessSaysWhatIsInTheWay() throws Exception {
    assertThat(ask("GET /readyz", "Host: localhost\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("ready");
    obstacle.set(Optional.of("the disk is full: make room"));
    assertThat(ask("GET /readyz", "Host: localhost\r\n"))
        .startsWith("HTTP/1.1 503")
        .contains("the disk is full: make room");
  }

  @Test
  void healthIsNotForWriting() throws Exception {
    assertThat(ask("DELETE /healthz", "Host: localhost\r\n")).startsWith("HTTP/1.1 405");
  }

  @Test
  void requestsAreCountedByDoorAndStatus() throws Exception {
    ask("GET /a", "Host: localhost\r\n");
    ask("GET /a", "Host: localhost\r\n");
    ask("GET /", "Host: evil.example\r\n");
    assertThat(ask("GET /metrics", "Host: localhost\r\n"))
        .contains("Content-Type: text/plain; version=0.0.4")
        .contains("bevy_http_requests_total{door=\"s3\",status=\"200\"} 2\n")
        .contains("bevy_http_requests_total{door=\"front\",status=\"421\"} 1\n")
        .contains("bevy_http_request_seconds_count{door=\"s3\"} 2\n")
        .contains("bevy_http_request_seconds_bucket{door=\"s3\",le=\"+Inf\"} 2\n")
        .contains("# TYPE process_cpu_seconds_total counter\n");
  }

  @Test
  void aWebSocketAtItsPathExchangesHypercores() throws Exception {
    String upgrade = "Host: localhost\r\nUpgrade: websocket\r\n";
    assertThat(ask("GET /hypercore", upgrade)).endsWith("replication!");
    assertThat(ask("GET /mqtt", upgrade)).endsWith("mqtt!");
    assertThat(ask("GET /mqtt", "Host: localhost\r\n")).endsWith("s3!");
    assertThat(ask("GET /hypercore", "Host: localhost\r\n")).endsWith("s3!");
    assertThat(ask("GET /hypercore/cat.txt", upgrade)).endsWith("s3!");
    assertThat(ask("GET /hypercore", upgrade + SIGNED.formatted("s3"))).endsWith("s3!");
    assertThat(ask("GET /hypercore", "Host: evil.example\r\nUpgrade: websocket\r\n"))
        .startsWith("HTTP/1.1 421");
  }

  @Test
  void onlyPagesOfThisMachineAreItsOwn() {
    HostNames names = new HostNames(List.of("localhost", "Cloud.Example.org"));
    for (String own :
        List.of(
            "http://localhost",
            "http://localhost:4566",
            "http://notes.localhost:4566",
            "https://CLOUD.example.org",
            "http://127.0.0.1:4566",
            "http://[::1]:4566")) {
      assertThat(names.ownPage(own)).as(own).isTrue();
    }
    for (String other :
        List.of(
            "",
            "null",
            "http://evil.example",
            "http://evillocalhost",
            "http://10.0.0.9",
            "http://localhost@evil.example",
            "http://localhost/evil",
            "file://localhost",
            "http://127.0.0.1.evil.example")) {
      assertThat(names.ownPage(other)).as(other).isFalse();
    }
  }
}
