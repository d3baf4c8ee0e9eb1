package cloud.bevy.doors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.AccessKey;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.foundation.http.Headers;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callers of a door for `es` and `aoss`, over a real socket.
final class SignedCallersTest {
  private static final String HOST = "localhost";
  private static final String PATH = "/books/_doc/a%2Fb%20c";

  @TempDir private Path folder;
  private World world;
  private Clouds clouds;
  private AccessKey key;
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    world = RealWorld.create(System.err);
    clouds = Clouds.open(world, folder, CloudLimits.defaults());
    clouds.create("test");
    try (Lease lease = clouds.open("test").orElseThrow()) {
      key = lease.cloud().createAccessKey("test");
    }
    SignedCallers callers = new SignedCallers(world, clouds, "es", "aoss");
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        HttpServer.start(world, HttpLimits.DEFAULT, address, exchange -> say(callers, exchange));
  }

  @AfterEach
  void close() {
    server.close();
    clouds.close();
  }

  private static void say(SignedCallers callers, Exchange exchange) throws IOException {
    String said =
        switch (callers.caller(exchange, exchange.body().readAllBytes())) {
          case SignedCallers.Verdict.Known(Lease lease, var limits) -> {
            lease.close();
            yield "known, for all: " + limits.forAllServices();
          }
          case SignedCallers.Verdict.Unknown(String reason) -> reason;
        };
    exchange.send(said.getBytes(StandardCharsets.UTF_8));
  }

  /// What a request with a signature is told.
  ///
  /// @param signed the path that is signed
  private String ask(String service, String signed, String secret) throws IOException {
    String date = SignatureClaim.Timestamp.of(world.time().now()).text();
    CredentialScope scope = new CredentialScope(date.substring(0, 8), "eu-west-1", service);
    Headers headers = new Headers().add("Host", HOST).add("X-Amz-Date", date);
    SignedRequest request =
        new SignedRequest("GET", signed, QueryString.read("a=b").orElseThrow(), headers);
    List<String> names = List.of("host", "x-amz-date");
    String canonical = SignatureV4.canonicalRequest(request, names, SignatureV4.EMPTY_HASH);
    String signature =
        SigningKey.of(secret, scope).sign(SignatureV4.stringToSign(date, scope, canonical));
    String authorization =
        "Authorization: AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s\r\n"
            .formatted(key.id(), scope.text(), String.join(";", names), signature);
    String sent = "X-Amz-Date: " + date + "\r\n" + authorization;
    String answer = RawHttp.send(server.address(), "GET " + PATH + "?a=b", HOST, sent);
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void whoeverSignedWithTheKeyIsKnownHoweverOftenThePathWasEncoded() throws IOException {
    for (String service : List.of("es", "aoss")) {
      assertThat(ask(service, PATH, key.secret())).isEqualTo("known, for all: true");
      assertThat(ask(service, AwsUri.encodePath(PATH), key.secret()))
          .isEqualTo("known, for all: true");
    }
  }

  @Test
  void nobodyElseIs() throws IOException {
    assertThat(ask("es", PATH, "another")).contains("mismatch");
    assertThat(ask("es", "/others/_doc/a%2Fb%20c", key.secret())).contains("mismatch");
    assertThat(ask("s3", PATH, key.secret())).contains("wrong service");
    assertThat(RawHttp.send(server.address(), "GET /", HOST, "")).contains("Missing");
    String basic = "Authorization: AWS4-HMAC-SHA256 nonsense\r\n";
    assertThat(RawHttp.send(server.address(), "GET /", HOST, basic)).contains("malformed header");
    try (Lease lease = clouds.open("test").orElseThrow()) {
      lease.cloud().removeAccessKey(key.id());
    }
    assertThat(ask("es", PATH, key.secret())).contains("unknown key");
  }
}
