package cloud.bevy.hyper.stream;

import static cloud.bevy.hyper.stream.Peers.hear;
import static cloud.bevy.hyper.stream.Peers.one;
import static cloud.bevy.hyper.stream.Peers.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.testing.simulator.Simulation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What a peer can do wrong, on purpose or not, and that it ends the stream and nothing else.
class HostilePeerTest {
  private static final StreamOptions STANDARD = StreamOptions.STANDARD;
  private static final StreamOptions NARROW =
      new StreamOptions(STANDARD.handshake(), Duration.ZERO, Duration.ZERO, STANDARD.write(), 1000);

  @Test
  void whoNeverFinishesTheHandshakeIsGivenUp() {
    Simulation.run(
        1,
        simulation -> {
          Peers peers = new Peers(simulation);
          Instant begun = simulation.now();
          assertThatThrownBy(() ->
                  SecretStream.accept(peers.there, Duplex.over(peers.far), Peers.OTHER, STANDARD))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("longer than PT15S");
          assertThat(Duration.between(begun, simulation.now()))
              .isBetween(STANDARD.handshake(), STANDARD.handshake().plusSeconds(1));
          assertThat(peers.near.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        });
  }

  @Test
  void slowlorisIsGivenUpToo() {
    Simulation.run(
        1,
        simulation -> {
          Peers peers = new Peers(simulation);
          peers
              .here
              .tasks()
              .start(
                  "slow",
                  () -> {
                    try {
                      while (true) {
                        peers.near.write(ByteBuffer.wrap(new byte[] {32}));
                        peers.here.tasks().sleep(Duration.ofSeconds(1));
                      }
                    } catch (IOException | InterruptedException ended) {
                      peers.near.close();
                    }
                  });
          assertThatThrownBy(() ->
                  SecretStream.accept(peers.there, Duplex.over(peers.far), Peers.OTHER, STANDARD))
              .isInstanceOf(IOException.class);
        });
  }

  @Test
  void whatIsNoHandshakeIsRefusedAtOnce() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 300; round++) {
      byte[] invented = new byte[random.nextInt(400)];
      random.nextBytes(invented);
      for (int at = 2; at < invented.length && round % 2 == 0; at += 35) {
        invented[at - 2] = 32;
        invented[at - 1] = 0;
        invented[at] = 0;
      }
      Simulation.run(round, simulation -> offer(new Peers(simulation), invented));
    }
  }

  private static void offer(Peers peers, byte[] invented) throws IOException {
    peers.near.write(ByteBuffer.wrap(invented));
    peers.near.close();
    assertThatThrownBy(
            () -> SecretStream.accept(peers.there, Duplex.over(peers.far), Peers.OTHER, STANDARD))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aReplayedFrameEndsTheStream() {
    tampered(frame -> twice(frame), "is not the next one");
  }

  @Test
  void aChangedFrameEndsTheStream() {
    tampered(frame -> changed(frame), "is not the next one");
  }

  @Test
  void aFrameThatIsLongerThanItMayBeEndsTheStream() {
    tampered(frame -> ByteBuffer.wrap(new byte[] {-1, -1, -1}), "a frame has 16777215 bytes");
  }

  @Test
  void aFrameThatIsTooShortEndsTheStream() {
    tampered(frame -> ByteBuffer.wrap(new byte[] {0, 0, 0}), "is not the next one");
  }

  @Test
  void aSwappedFrameEndsTheStream() {
    Simulation.run(
        1,
        simulation -> {
          Peers peers = new Peers(simulation);
          Meddler meddler = new Meddler(peers.near);
          Peers.Ends ends = open(peers, meddler, NARROW);
          meddler.change = frame -> meddler.keep(frame);
          say(ends.near(), "one");
          meddler.change = frame -> meddler.behind(frame);
          say(ends.near(), "two");
          assertThatThrownBy(() -> hear(ends.far()))
              .isInstanceOf(RefusedException.class)
              .hasMessageContaining("is not the next one");
        });
  }

  @Test
  void aStreamOfAnotherHandshakeIsRefused() {
    Simulation.run(
        1,
        simulation -> {
          Peers peers = new Peers(simulation);
          Meddler meddler = new Meddler(peers.near);
          meddler.change = frame -> frame.remaining() == 59 ? changed(frame) : frame;
          assertThatThrownBy(() -> open(peers, meddler, STANDARD))
              .hasStackTraceContaining("is of another stream");
        });
  }

  @Test
  void aConnectionThatIsHalfOpenIsGivenUpThoughNobodySends() {
    Simulation.run(
        1,
        simulation -> {
          Peers peers = new Peers(simulation);
          peers.there.tasks().start("silence", () -> handshakeThenSilence(peers));
          SecretStream stream =
              SecretStream.initiate(peers.here, Duplex.over(peers.near), Peers.ONE, STANDARD);
          assertThatThrownBy(() -> stream.receive())
              .isInstanceOf(IOException.class)
              .hasMessageContaining("nothing was heard");
        });
  }

  @Test
  void keepAlivesKeepASilentStreamForAnHour() {
    Simulation.run(
        1,
        simulation -> {
          Peers peers = new Peers(simulation);
          Peers.Ends ends = peers.open(STANDARD);
          peers
              .here
              .tasks()
              .after(
                  Duration.ofHours(1),
                  "late",
                  () -> {
                    try {
                      say(ends.near(), "late");
                    } catch (IOException failed) {
                      throw new IllegalStateException(failed);
                    }
                  });
          peers.here.tasks().start("listen", () -> listen(ends.near()));
          assertThat(hear(ends.far())).isEqualTo("late");
          ends.near().close();
          ends.far().close();
        });
  }

  @Test
  void aPeerThatNeverReadsIsGivenUp() {
    Simulation.run(
        1,
        simulation -> {
          Peers peers = new Peers(simulation);
          peers.there.tasks().start("silence", () -> handshakeThenSilence(peers));
          SecretStream stream =
              SecretStream.initiate(
                  peers.here, Duplex.over(peers.near), Peers.ONE, STANDARD.silent());
          Instant begun = simulation.now();
          assertThatThrownBy(
                  () -> {
                    while (true) {
                      stream.send(one(new byte[100_000]));
                    }
                  })
              .isInstanceOf(IOException.class)
              .hasMessageContaining("read nothing for PT1M");
          assertThat(Duration.between(begun, simulation.now()))
              .isBetween(STANDARD.write(), STANDARD.write().multipliedBy(2));
        });
  }

  private static void handshakeThenSilence(Peers peers) {
    try {
      SecretStream.accept(peers.there, Duplex.over(peers.far), Peers.OTHER, STANDARD.silent());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void listen(SecretStream stream) {
    try {
      stream.receive();
    } catch (IOException ended) {
      stream.close();
    }
  }

  private static void tampered(UnaryOperator<ByteBuffer> change, String reason) {
    Simulation.run(
        1,
        simulation -> {
          Peers peers = new Peers(simulation);
          Meddler meddler = new Meddler(peers.near);
          Peers.Ends ends = open(peers, meddler, NARROW);
          say(ends.near(), "before");
          assertThat(hear(ends.far())).isEqualTo("before");
          meddler.change = change;
          say(ends.near(), "tampered with");
          assertThatThrownBy(
                  () -> {
                    hear(ends.far());
                    hear(ends.far());
                  })
              .isInstanceOf(RefusedException.class)
              .hasMessageContaining(reason);
          ends.near().close();
        });
  }

  private static Peers.Ends open(Peers peers, Duplex near, StreamOptions options) throws Exception {
    CompletableFuture<SecretStream> accepted = new CompletableFuture<>();
    peers
        .there
        .tasks()
        .start(
            "accept",
            () -> {
              try {
                Duplex far = Duplex.over(peers.far);
                accepted.complete(SecretStream.accept(peers.there, far, Peers.OTHER, options));
              } catch (IOException failed) {
                accepted.completeExceptionally(failed);
              }
            });
    try {
      SecretStream initiated = SecretStream.initiate(peers.here, near, Peers.ONE, options);
      return new Peers.Ends(initiated, peers.there.tasks().await(accepted, Peers.MINUTE));
    } catch (IOException _) {
      peers.there.tasks().await(accepted, Peers.MINUTE);
      throw new IllegalStateException("only one side has failed");
    }
  }

  private static ByteBuffer twice(ByteBuffer frame) {
    return ByteBuffer.allocate(2 * frame.remaining())
        .put(frame.duplicate())
        .put(frame.duplicate())
        .flip();
  }

  private static ByteBuffer changed(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    bytes[bytes.length / 2] ^= 1;
    return ByteBuffer.wrap(bytes);
  }

  /// Changes what one side writes.
  private static final class Meddler implements Duplex {
    private final Network.Connection connection;
    private UnaryOperator<ByteBuffer> change = frame -> frame;
    private ByteBuffer kept = ByteBuffer.allocate(0);

    Meddler(Network.Connection connection) {
      this.connection = connection;
    }

    private ByteBuffer keep(ByteBuffer frame) {
      kept = ByteBuffer.allocate(frame.remaining()).put(frame).flip();
      return ByteBuffer.allocate(0);
    }

    private ByteBuffer behind(ByteBuffer frame) {
      return ByteBuffer.allocate(frame.remaining() + kept.remaining()).put(frame).put(kept).flip();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      return connection.read(into);
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
      ByteBuffer changed = change.apply(from.duplicate());
      from.position(from.limit());
      connection.write(changed);
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
