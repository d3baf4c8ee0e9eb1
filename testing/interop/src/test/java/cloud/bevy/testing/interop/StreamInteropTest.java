package cloud.bevy.testing.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.foundation.http.WebSocketTerms;
import cloud.bevy.hyper.stream.Duplex;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import cloud.bevy.testing.peers.Content;
import cloud.bevy.testing.peers.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Secret streams with npm's, which sends back what it gets.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamInteropTest {
  private static final List<Integer> SIZES = List.of(1, 2, 100, 65_535, 65_536, 1 << 20, 9 << 20);
  private static final int SMALL = 10_000;

  private final World world = RealWorld.create(System.err);
  private final KeyPair self = KeyPair.fromSeed(new byte[32]);
  private Peer peer;

  @BeforeAll
  void start(@TempDir Path folder) {
    peer = Peer.node(folder);
  }

  @AfterAll
  void end() {
    peer.close();
  }

  private static InetSocketAddress here(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  void whoConnectsIsUnderstood() throws Exception {
    int port = peer.ask("echo.listen").get("port").asInt();
    Duplex bytes = Duplex.over(world.network().connect(here(port), Peer.PATIENCE));
    talk(SecretStream.initiate(world, bytes, self, StreamOptions.STANDARD));
  }

  @Test
  void whoAcceptsIsUnderstood() throws Exception {
    try (Network.Listener listener = world.network().listen(here(0))) {
      peer.ask("echo.connect", "port", listener.address().getPort());
      Duplex bytes = Duplex.over(listener.accept());
      talk(SecretStream.accept(world, bytes, self, StreamOptions.STANDARD));
    }
  }

  @Test
  void aWebSocketCarriesTheSame() throws Exception {
    int port = peer.ask("echo.web").get("port").asInt();
    try (HttpClient client = HttpClient.open(world)) {
      Duplex bytes =
          new WebDuplex(
              client.webSocket(
                  here(port), ClientRequest.of("GET", "/"), WebSocketTerms.BYTES, Peer.PATIENCE));
      talk(SecretStream.initiate(world, bytes, self, StreamOptions.STANDARD));
    }
  }

  private static void talk(SecretStream stream) throws Exception {
    try (stream) {
      for (int size : SIZES) {
        stream.send(List.of(ByteBuffer.wrap(Content.block(1, size, size))));
        assertThat(stream.receive().orElseThrow())
            .isEqualTo(ByteBuffer.wrap(Content.block(1, size, size)));
      }
      stream.send(
          IntStream.range(0, SMALL)
              .mapToObj(index -> ByteBuffer.wrap(Content.block(2, index, 10)))
              .toList());
      for (int index = 0; index < SMALL; index++) {
        assertThat(stream.receive().orElseThrow())
            .isEqualTo(ByteBuffer.wrap(Content.block(2, index, 10)));
      }
    }
  }
}
