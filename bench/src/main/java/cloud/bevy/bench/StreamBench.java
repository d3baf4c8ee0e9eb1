package cloud.bevy.bench;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.mux.Channel;
import cloud.bevy.hyper.mux.Handler;
import cloud.bevy.hyper.mux.Mux;
import cloud.bevy.hyper.mux.Protocol;
import cloud.bevy.hyper.stream.Duplex;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Messages through a channel of a mux over a secret stream over TCP, both ends in this process.
public final class StreamBench implements Handler {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Protocol PROTOCOL = new Protocol("bench", new byte[0]);

  private final World world = RealWorld.create(System.err);
  private volatile CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile int wanted;
  private int arrived;

  private StreamBench() {}

  /// Takes no notice of the folder that is its argument.
  public static void main(String[] arguments) throws Exception {
    new StreamBench().run();
  }

  private void run() throws Exception {
    CompletableFuture<SecretStream> accepted = new CompletableFuture<>();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Network.Listener listener = world.network().listen(any);
    world.tasks().start("accept", () -> accept(listener, accepted));
    Duplex bytes = Duplex.over(world.network().connect(listener.address(), PATIENCE));
    Mux near = new Mux(world, SecretStream.initiate(world, bytes, pair(), StreamOptions.STANDARD));
    Mux far = new Mux(world, accepted.get());
    Channel channel = near.open(PROTOCOL, ByteBuffer.allocate(0), this).orElseThrow();
    far.open(PROTOCOL, ByteBuffer.allocate(0), this);
    world.tasks().start("near", () -> run(near));
    world.tasks().start("far", () -> run(far));

    Meter meter = new Meter();
    meter.measure("messages of 100 bytes", 20_000, count -> send(channel, count, 100));
    meter.measure("messages of 1 KiB", 20_000, count -> send(channel, count, 1 << 10));
    meter.measure("messages of 64 KiB", 1_000, count -> send(channel, count, 1 << 16));
    System.exit(0);
  }

  private void accept(Network.Listener listener, CompletableFuture<SecretStream> accepted) {
    try {
      Duplex bytes = Duplex.over(listener.accept());
      accepted.complete(SecretStream.accept(world, bytes, pair(), StreamOptions.STANDARD));
    } catch (IOException failed) {
      accepted.completeExceptionally(failed);
    }
  }

  private KeyPair pair() {
    return KeyPair.fromSeed(world.chance().bytes(32));
  }

  private void run(Mux mux) {
    try {
      mux.run();
    } catch (IOException broken) {
      done.completeExceptionally(broken);
    }
  }

  private void send(Channel channel, int messages, int size) throws Exception {
    done = new CompletableFuture<>();
    wanted = messages;
    ByteBuffer message = ByteBuffer.allocate(size);
    for (int number = 0; number < messages; number++) {
      if (!channel.send(0, message)) {
        channel.mux().awaitDrained(PATIENCE);
      }
    }
    done.get();
  }

  @Override
  public void opened(Channel channel, ByteBuffer handshake) {}

  @Override
  public void received(Channel channel, int type, ByteBuffer body) {
    arrived++;
    if (arrived == wanted) {
      arrived = 0;
      done.complete(null);
    }
  }

  @Override
  public void closed(Channel channel, boolean remotely) {}
}
