package cloud.bevy.hyper.stream;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Two simulated machines and what is between them.
final class Peers {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final KeyPair ONE = pair(1);
  static final KeyPair OTHER = pair(2);

  private static final int PORT = 7000;

  final World here;
  final World there;
  final Network.Connection near;
  final Network.Connection far;

  Peers(Simulation simulation) throws IOException {
    here = simulation.machine("a").world();
    there = simulation.machine("b").world();
    SimulatedMachine machine = simulation.machine("b");
    InetSocketAddress address = new InetSocketAddress(machine.address(), PORT);
    try (Network.Listener listener = there.network().listen(address)) {
      near = here.network().connect(address, MINUTE);
      far = listener.accept();
    }
  }

  /// Both ends of a secret stream.
  record Ends(SecretStream near, SecretStream far) {}

  Ends open(StreamOptions options) throws Exception {
    CompletableFuture<SecretStream> accepted = new CompletableFuture<>();
    there
        .tasks()
        .start(
            "accept",
            () -> {
              try {
                Duplex bytes = Duplex.over(far);
                accepted.complete(SecretStream.accept(there, bytes, OTHER, options));
              } catch (IOException failed) {
                accepted.completeExceptionally(failed);
              }
            });
    SecretStream initiated = SecretStream.initiate(here, Duplex.over(near), ONE, options);
    return new Ends(initiated, there.tasks().await(accepted, MINUTE));
  }

  static KeyPair pair(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return KeyPair.fromSeed(seed);
  }

  static void say(MessageStream stream, String... texts) throws IOException {
    stream.send(
        Arrays.stream(texts)
            .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  static String hear(MessageStream stream) throws IOException {
    return stream
        .receive()
        .map(message -> StandardCharsets.UTF_8.decode(message).toString())
        .orElse("END");
  }

  static List<ByteBuffer> one(byte[] message) {
    return List.of(ByteBuffer.wrap(message));
  }
}
