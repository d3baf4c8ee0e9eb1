package cloud.bevy.hyper.mux;

import static cloud.bevy.hyper.mux.Notes.bytes;
import static cloud.bevy.hyper.mux.Notes.text;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.hyper.stream.MessageStream;
import cloud.bevy.hyper.stream.SecretStream;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With `@hyperswarm/secret-stream` and `protomux` in another process, over TCP, either side being
/// the one that connects.
class NodeInteropTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void messagesOfEverySizeGoToNodeAndBack(boolean weListen) throws Exception {
    try (NodePeer peer = new NodePeer("stream", weListen)) {
      SecretStream stream = peer.stream;
      JsonNode greeting = peer.line();
      assertThat(hex(stream.remotePublicKey())).isEqualTo(greeting.get("key").asText());
      assertThat(hex(NodePeer.SELF.publicKey())).isEqualTo(greeting.get("remote").asText());
      assertThat(hex(stream.handshakeHash())).isEqualTo(greeting.get("hash").asText());

      List<byte[]> messages = messages();
      peer.world.tasks().start("send", () -> send(stream, messages));
      for (byte[] message : messages) {
        ByteBuffer back = stream.receive().orElseThrow();
        assertThat(back.equals(ByteBuffer.wrap(message))).isTrue();
      }
    }
  }

  private static List<byte[]> messages() {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> messages = new ArrayList<>();
    for (int size = 1; size < 300; size++) {
      messages.add(new byte[size]);
    }
    for (int size : new int[] {65_535, 65_536, 1 << 20, MessageStream.MAXIMUM_MESSAGE}) {
      messages.add(new byte[size]);
    }
    for (int index = 0; index < 3000; index++) {
      messages.add(new byte[1 + random.nextInt(2000)]);
    }
    messages.forEach(random::nextBytes);
    return messages;
  }

  private static void send(SecretStream stream, List<byte[]> messages) {
    try {
      for (int at = 0; at < messages.size(); at += 7) {
        List<byte[]> some = messages.subList(at, Math.min(at + 7, messages.size()));
        stream.send(some.stream().map(ByteBuffer::wrap).toList());
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void channelsAreOpenedUsedAndClosedFromBothSides(boolean weListen) throws Exception {
    try (NodePeer peer = new NodePeer("mux", weListen)) {
      peer.line();
      Mux mux = new Mux(peer.world, peer.stream);
      mux.pairAny("asks", protocol -> mux.open(protocol, bytes("\u0003yes"), new Echo()));
      Waiting waiting = new Waiting();
      Channel one = open(mux, "echo", 1, waiting);
      Channel other = open(mux, "parrot", 2, waiting);
      peer.world.tasks().start("mux", () -> run(mux));

      List<String> said = List.of(peer.line().toString(), peer.line().toString());
      assertThat(said).contains("{\"opened\":\"hello from java\",\"id\":\"01\"}");
      assertThat(said.stream().filter(line -> line.startsWith("{\"answers\"")))
          .singleElement()
          .satisfies(line -> assertThat(line).contains("alone", "batch 0", "batch 199", "last"));
      assertThat(waiting.next()).isEqualTo("opened echo \u000fhello from node");
      assertThat(waiting.next()).isEqualTo("was closed parrot");
      assertThat(other.closed()).isTrue();

      one.send(0, bytes("one"));
      assertThat(waiting.next()).isEqualTo("1 one");
      for (int index = 0; index < 2000; index++) {
        one.send(index % 3, bytes("message "), bytes(String.valueOf(index)));
      }
      for (int index = 0; index < 2000; index++) {
        assertThat(waiting.next()).isEqualTo((index % 3 + 1) + " message " + index);
      }
      one.close();
      assertThat(peer.line().toString()).isEqualTo("{\"closed\":\"01\"}");
      assertThat(waiting.next()).isEqualTo("closed echo");
      Channel again = open(mux, "echo", 3, waiting);
      assertThat(peer.line().get("id").asText()).isEqualTo("03");
      assertThat(waiting.next()).startsWith("opened echo");
      again.send(2, ByteBuffer.allocate(3_000_000));
      assertThat(waiting.next()).hasSize(3_000_002);
    }
  }

  private static Channel open(Mux mux, String name, int id, Handler handler) {
    Protocol protocol = new Protocol(name, new byte[] {(byte) id});
    return mux.open(protocol, bytes("\u000fhello from java"), handler).orElseThrow();
  }

  private static void run(Mux mux) {
    try {
      mux.run();
    } catch (IOException ended) {
      mux.destroy(ended);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /// Sends everything back under the same type.
  private static final class Echo implements Handler {
    @Override
    public void opened(Channel channel, ByteBuffer handshake) {}

    @Override
    public void received(Channel channel, int type, ByteBuffer body) {
      channel.send(type, body);
    }

    @Override
    public void closed(Channel channel, boolean remotely) {}
  }

  /// What happens, one thing after the other.
  private static final class Waiting implements Handler {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return events.poll(30, TimeUnit.SECONDS);
    }

    @Override
    public void opened(Channel channel, ByteBuffer handshake) {
      events.add("opened " + channel.protocol().name() + " " + text(handshake));
    }

    @Override
    public void received(Channel channel, int type, ByteBuffer body) {
      events.add(type + " " + text(body));
    }

    @Override
    public void closed(Channel channel, boolean remotely) {
      events.add((remotely ? "was closed " : "closed ") + channel.protocol().name());
    }
  }
}
