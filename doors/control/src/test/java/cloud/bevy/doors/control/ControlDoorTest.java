package cloud.bevy.doors.control;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.CloudFault;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.ClientResponse;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlDoorTest {
  private static final World WORLD = RealWorld.create((level, sentence) -> {});
  private static final String TOKEN = "the-token";
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private final AtomicBoolean stopping = new AtomicBoolean();
  private final HttpClient client = HttpClient.open(WORLD);
  private Clouds clouds;
  private HttpServer server;

  private record Said(int status, Map<String, Object> fields) {}

  @BeforeEach
  void open() throws IOException {
    clouds = Clouds.open(WORLD, folder, CloudLimits.defaults());
    clouds.create("default");
    ControlDoor door =
        new ControlDoor(
            WORLD.log(),
            TOKEN,
            List.of(
                new ShowCredentials(clouds),
                new ListClouds(clouds),
                new CreateCloud(clouds),
                new StopNode(() -> stopping.set(true)),
                new ShowStatus(ControlDoorTest::fail)));
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.start(WORLD, HttpLimits.DEFAULT, address, door);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    clouds.close();
  }

  @Test
  void whoDoesNotKnowTheTokenIsRefused() throws IOException {
    for (String shown : List.of("", "Bearer ", "Bearer wrong", TOKEN, "Basic " + TOKEN)) {
      assertThat(ask("POST", "stop", shown).status()).as(shown).isEqualTo(401);
    }
    assertThat(stopping).isFalse();
  }

  @Test
  void stoppingIsDoneOnceTheTokenIsShown() throws IOException {
    assertThat(ask("POST", "stop").status()).isEqualTo(200);
    assertThat(stopping).isTrue();
  }

  @Test
  void anUnknownOperationIsNamedInTheAnswer() throws IOException {
    Said said = ask("GET", "nonsense");
    assertThat(said.status()).isEqualTo(404);
    assertThat(said.fields().get("message").toString()).contains("nonsense");
  }

  @Test
  void aCloudKeepsTheAccessKeyItWasGiven() throws IOException {
    Said first = ask("GET", "credentials");
    assertThat(first.status()).isEqualTo(200);
    assertThat(ask("GET", "credentials?cloud=default")).isEqualTo(first);
    assertThat(clouds.openFor(first.fields().get("accessKeyId").toString())).isPresent();
  }

  @Test
  void credentialsOfACloudThatIsNotThereAreRefused() throws IOException {
    assertThat(ask("GET", "credentials?cloud=none").status()).isEqualTo(404);
  }

  @Test
  void aCloudThatWasMadeIsListed() throws IOException {
    assertThat(ask("POST", "clouds/team").status()).isEqualTo(200);
    assertThat(ask("POST", "clouds/team").status()).isEqualTo(409);
    assertThat(ask("POST", "clouds/No%20Name").status()).isEqualTo(400);
    assertThat(ask("GET", "clouds").fields().get("clouds").toString())
        .contains("name=default")
        .contains("name=team");
  }

  @Test
  void aFaultIsSaidWithItsHint() throws IOException {
    Said said = ask("GET", "status");
    assertThat(said.status()).isEqualTo(503);
    assertThat(said.fields()).containsEntry("hint", "make room");
  }

  private static Map<String, Object> fail() {
    throw new CloudFault(CloudFault.Kind.DISK_FULL, "the disk is full", "make room");
  }

  private Said ask(String method, String target) throws IOException {
    return ask(method, target, "Bearer " + TOKEN);
  }

  private Said ask(String method, String target, String authorization) throws IOException {
    ClientRequest request = ClientRequest.of(method, ControlDoor.PREFIX + target);
    request.headers().set("Authorization", authorization);
    try (ClientResponse response = client.send(server.address(), request, DEADLINE)) {
      return new Said(response.status(), JSON.std.mapFrom(response.body().readAllBytes()));
    }
  }
}
