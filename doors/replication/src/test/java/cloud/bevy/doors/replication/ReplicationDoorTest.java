package cloud.bevy.doors.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.TcpPort;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.Headers;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.foundation.http.HttpLimits;
import cloud.bevy.foundation.http.HttpServer;
import cloud.bevy.foundation.http.WebSocket;
import cloud.bevy.foundation.http.WebSocketRefused;
import cloud.bevy.foundation.http.WebSocketTerms;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.stream.Duplex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicationDoorTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir private Path folder;

  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final World world = RealWorld.create((level, sentence) -> log.add(sentence));
  private final HttpClient client = HttpClient.open(world);
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Clouds clouds;
  private ReplicationDoor door;
  private HttpServer server;
  private TcpPort port;

  @BeforeEach
  void open() throws IOException {
    clouds = Clouds.open(world, folder.resolve("home"), CloudLimits.defaults());
    var _ = clouds.create("home");
    door = new ReplicationDoor(world, clouds, "http://own.example"::equals);
    server = HttpServer.start(world, HttpLimits.DEFAULT, ANY, door);
    port = TcpPort.open(world, "replication", ANY, door::serve);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    door.close();
    port.close();
    client.close();
    server.close();
    clouds.close();
  }

  private WebSocket webSocket(Headers headers) throws IOException {
    ClientRequest request =
        new ClientRequest("GET", ReplicationDoor.PATH, headers, new ClientRequest.Body.Empty());
    WebSocket socket =
        client.webSocket(server.address(), request, WebSocketTerms.BYTES, Reader.PATIENCE);
    opened.add(socket);
    return socket;
  }

  private Duplex overWebSocket() throws IOException {
    return new WebSocketDuplex(webSocket(new Headers()));
  }

  private Duplex overTcp() throws IOException {
    return Duplex.over(world.network().connect(port.address(), Reader.PATIENCE));
  }

  private Reader reader(Duplex bytes) throws IOException {
    Reader reader = new Reader(world, folder.resolve("reader" + opened.size()));
    opened.add(reader);
    var _ = reader.join(bytes);
    return reader;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void readsADrive(Duplex bytes) throws Exception {
    try (Lease lease = clouds.open("home").orElseThrow()) {
      lease.cloud().drive("photos").put("/cat.txt", bytes("meow"));
      byte[] key = lease.cloud().shareDrive("photos");
      Drive drive = reader(bytes).drive(key);
      assertThat(drive.update(Reader.PATIENCE)).isTrue();
      var blob = drive.entry("/cat.txt").orElseThrow().entry().blob().orElseThrow();
      assertThat(drive.read(blob).readAllBytes()).isEqualTo(bytes("meow"));
    }
  }

  @Test
  void aSharedDriveIsReadOverAWebSocket() throws Exception {
    readsADrive(overWebSocket());
  }

  /// Often, for it depends on what the peer says first.
  @RepeatedTest(20)
  void aSharedDriveIsReadOverTcp() throws Exception {
    readsADrive(overTcp());
  }

  @Test
  void aCloudSleepsOnWhileWhatItSharesIsRead() throws Exception {
    byte[] key;
    try (Lease lease = clouds.open("home").orElseThrow()) {
      Cloud cloud = lease.cloud();
      cloud.durable(cloud.bee("things").put(bytes("a"), bytes("1")));
      key = cloud.shareBee("things");
    }
    clouds.close();
    door.close();
    server.close();
    port.close();
    open();
    Core core = reader(overTcp()).core(key);
    assertThat(core.read(1, Reader.PATIENCE)).isInstanceOf(BlockLookup.Found.class);
    assertThat(clouds.openCount()).isZero();
  }

  @Test
  void whatIsWrittenLaterIsFollowedFromTheVeryFirstBlock() throws Exception {
    try (Lease lease = clouds.open("home").orElseThrow()) {
      Cloud cloud = lease.cloud();
      Core core = reader(overWebSocket()).core(cloud.shareBee("things"));
      assertThat(core.update(Reader.PATIENCE)).isFalse();
      cloud.durable(cloud.bee("things").put(bytes("a"), bytes("1")));
      assertThat(core.read(1, Reader.PATIENCE)).isInstanceOf(BlockLookup.Found.class);
    }
  }

  @Nested
  class CuriousPeer {
    /// Whoever has a key of what is not shared is told no more than whoever has made one up.
    @Test
    void whatIsNotSharedIsServedToNobodyWhateverTheyKnow() throws Exception {
      try (Lease lease = clouds.open("home").orElseThrow()) {
        Cloud cloud = lease.cloud();
        var _ = cloud.createAccessKey("laptop");
        cloud.durable(cloud.bee("secrets").put(bytes("a"), bytes("1")));
        Reader reader = reader(overTcp());
        for (String name : List.of("access-keys", "secrets", "buckets")) {
          Core core = reader.core(cloud.bee(name).core().key());
          assertThat(core.update(Reader.PATIENCE)).as(name).isFalse();
          assertThat(core.length()).as(name).isZero();
        }
      }
    }

    @Test
    void whatWasDroppedIsServedNoMore() throws Exception {
      try (Lease lease = clouds.open("home").orElseThrow()) {
        Cloud cloud = lease.cloud();
        cloud.drive("photos").put("/cat.txt", bytes("meow"));
        byte[] key = cloud.shareDrive("photos");
        cloud.dropDrive("photos");
        Core core = reader(overTcp()).core(key);
        assertThat(core.update(Reader.PATIENCE)).isFalse();
        assertThat(core.length()).isZero();
      }
    }
  }

  @Nested
  class StrangePage {
    @Test
    void onlyOwnPagesConnect() throws Exception {
      assertThat(webSocket(new Headers().add("Origin", "http://own.example"))).isNotNull();
      assertThatThrownBy(() -> webSocket(new Headers().add("Origin", "http://evil.example")))
          .isInstanceOfSatisfying(
              WebSocketRefused.class, refused -> assertThat(refused.status()).isEqualTo(403));
    }
  }

  @Nested
  class Babbler {
    @Test
    void whoDoesNotShakeHandsIsDroppedWithAReason() throws Exception {
      Duplex bytes = overTcp();
      bytes.write(
          ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
      assertThat(bytes.read(ByteBuffer.allocate(10))).isEqualTo(-1);
      assertThat(log.take()).contains("was not let in");
    }
  }

  @Nested
  class Crowd {
    @Test
    void thereIsRoomForAsManyPeersAsTheLimitAndNoMore() throws Exception {
      List<WebSocket> all = new ArrayList<>();
      for (int peer = 0; peer < ReplicationDoor.MOST_PEERS; peer++) {
        all.add(webSocket(new Headers()));
      }
      assertThat(door.peers()).isEqualTo(ReplicationDoor.MOST_PEERS);
      assertThatThrownBy(() -> webSocket(new Headers()))
          .isInstanceOfSatisfying(
              WebSocketRefused.class, refused -> assertThat(refused.status()).isEqualTo(503));
      Duplex tcp = overTcp();
      assertThat(tcp.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      all.getFirst().close();
      while (door.peers() == ReplicationDoor.MOST_PEERS) {
        world.tasks().sleep(Duration.ofMillis(5));
      }
      assertThat(webSocket(new Headers())).isNotNull();
    }
  }
}
