package cloud.bevy.hyper.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.stream.Duplex;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.Simulation;
import cloud.bevy.testing.simulator.Weather;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Two muxes, whose streams cross a simulated network.
class MuxOverSecretStreamTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Protocol PROTOCOL = new Protocol("numbers", new byte[] {7});
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  @Test
  void bothSidesSendMuchAtOnceInFoulWeather() {
    Seeds.forEach(
        "both ways",
        8,
        simulation -> {
          simulation.network().weather(Weather.FOUL);
          Ends ends = new Ends(simulation);
          Counting here = new Counting(400);
          Counting there = new Counting(400);
          Channel near = ends.near.open(PROTOCOL, NOTHING, here).orElseThrow();
          Channel far = ends.far.open(PROTOCOL, NOTHING, there).orElseThrow();
          Tasks.Task one = ends.here.tasks().start("send here", () -> send(near, 400));
          Tasks.Task other = ends.there.tasks().start("send there", () -> send(far, 400));
          ends.here.tasks().await(here.all, Duration.ofMinutes(10));
          ends.there.tasks().await(there.all, Duration.ofMinutes(10));
          assertThat(one.join(MINUTE) && other.join(MINUTE)).isTrue();
          near.close();
          ends.near.close();
          assertThat(ends.nearRuns.join(MINUTE) && ends.farRuns.join(MINUTE)).isTrue();
          assertThat(ends.reasons).isEmpty();
          assertThat(far.closed()).isTrue();
        });
  }

  @Test
  void aConnectionThatBreaksClosesEveryChannelOnBothSides() {
    Seeds.forEach(
        "break",
        8,
        simulation -> {
          Ends ends = new Ends(simulation);
          Counting handler = new Counting(1_000_000);
          Channel near = ends.near.open(PROTOCOL, NOTHING, handler).orElseThrow();
          Channel far = ends.far.open(PROTOCOL, NOTHING, handler).orElseThrow();
          ends.here.tasks().start("send", () -> send(near, 1_000_000));
          simulation.tasks().sleep(Duration.ofMillis(simulation.chance().below(20)));
          simulation.network().cut(simulation.machine("a"), simulation.machine("b"));
          assertThat(ends.nearRuns.join(Duration.ofMinutes(5))).isTrue();
          assertThat(ends.farRuns.join(Duration.ofMinutes(5))).isTrue();
          assertThat(near.closed() && far.closed()).isTrue();
          assertThat(ends.reasons).hasSize(2);
          assertThat(ends.near.open(PROTOCOL, NOTHING, handler)).isEmpty();
        });
  }

  @Test
  void destroyingTellsTheReasonHereAndEndsTheStreamThere() {
    Simulation.run(
        1,
        simulation -> {
          Ends ends = new Ends(simulation);
          ends.near.destroy(new IOException("enough of this"));
          assertThat(ends.nearRuns.join(MINUTE) && ends.farRuns.join(MINUTE)).isTrue();
          assertThat(ends.reasons).containsExactly("near: enough of this");
          assertThatThrownBy(ends.near::run).hasMessage("enough of this");
        });
  }

  private static void send(Channel channel, int messages) {
    try {
      for (int number = 0; number < messages && !channel.closed(); number++) {
        ByteBuffer body = ByteBuffer.allocate(4 + number % 10_000).putInt(0, number);
        if (!channel.send(0, body)) {
          channel.mux().awaitDrained(MINUTE);
        }
      }
    } catch (InterruptedException interrupted) {
      channel.close();
    }
  }

  /// Expects numbers in order.
  private static final class Counting implements Handler {
    private final CompletableFuture<Void> all = new CompletableFuture<>();
    private final int last;
    private int next;

    Counting(int last) {
      this.last = last;
    }

    @Override
    public void opened(Channel channel, ByteBuffer handshake) {}

    @Override
    public void received(Channel channel, int type, ByteBuffer body) {
      assertThat(body.getInt()).isEqualTo(next);
      next++;
      if (next == last) {
        all.complete(null);
      }
    }

    @Override
    public void closed(Channel channel, boolean remotely) {}
  }

  /// Two machines with a mux each.
  private static final class Ends {
    private final World here;
    private final World there;
    private final Mux near;
    private final Mux far;
    private final Tasks.Task nearRuns;
    private final Tasks.Task farRuns;
    private final List<String> reasons = new ArrayList<>();

    Ends(Simulation simulation) throws Exception {
      here = simulation.machine("a").world();
      there = simulation.machine("b").world();
      InetSocketAddress address = new InetSocketAddress(simulation.machine("b").address(), 7000);
      Network.Listener listener = there.network().listen(address);
      CompletableFuture<SecretStream> accepted = new CompletableFuture<>();
      there.tasks().start("accept", () -> accept(listener, accepted));
      Duplex bytes = Duplex.over(here.network().connect(address, MINUTE));
      near = new Mux(here, SecretStream.initiate(here, bytes, pair(1), StreamOptions.STANDARD));
      far = new Mux(there, there.tasks().await(accepted, MINUTE));
      nearRuns = here.tasks().start("near", () -> run("near", near));
      farRuns = there.tasks().start("far", () -> run("far", far));
    }

    private void accept(Network.Listener listener, CompletableFuture<SecretStream> accepted) {
      try (listener) {
        Duplex bytes = Duplex.over(listener.accept());
        accepted.complete(SecretStream.accept(there, bytes, pair(2), StreamOptions.STANDARD));
      } catch (IOException failed) {
        accepted.completeExceptionally(failed);
      }
    }

    private void run(String name, Mux mux) {
      try {
        mux.run();
      } catch (IOException reason) {
        reasons.add(name + ": " + reason.getMessage());
      }
    }

    private static KeyPair pair(int number) {
      byte[] seed = new byte[32];
      seed[0] = (byte) number;
      return KeyPair.fromSeed(seed);
    }
  }
}
