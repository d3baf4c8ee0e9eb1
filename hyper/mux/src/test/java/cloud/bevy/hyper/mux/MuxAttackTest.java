package cloud.bevy.hyper.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.stream.MessageStream;
import cloud.bevy.hyper.stream.RefusedException;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import cloud.bevy.testing.simulator.Simulation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What a peer can do wrong with channels, on purpose or not.
class MuxAttackTest {
  private static final Protocol ALPHA = new Protocol("a", new byte[0]);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Notes notes = new Notes();

  @Test
  void endlessChannelsEndTheStreamAtTheLimit() {
    Script script = new Script();
    for (int id = 1; id <= Directory.MOST_CHANNELS; id++) {
      script.says(new Encoder().uint8(0).uint(1).uint(id).string("x").uint(0).bytes());
    }
    assertThat(reason(script)).isEqualTo("none");
    Script more = new Script();
    for (int id = 1; id <= Directory.MOST_CHANNELS + 1; id++) {
      more.says(new Encoder().uint8(0).uint(1).uint(id).string("x").uint(0).bytes());
    }
    assertThat(reason(more)).isEqualTo("too many channels are opened");
  }

  @Test
  void numbersOutOfOrderEndTheStream() {
    assertThat(reason(said("00010201" + "61" + "00"))).contains("not the next one");
    assertThat(reason(said("00010101" + "61" + "00", "00010301" + "62" + "00")))
        .contains("not the next one");
  }

  @Test
  void aNumberThatIsInUseCannotBeOpenedAgain() {
    assertThat(reason(said("0001010161" + "00", "0001010162" + "00"))).isEqualTo("none");
    Script script = said("0001010161" + "00", "0001010162" + "00");
    assertThat(reason(script, mux -> mux.open(ALPHA, NOTHING, notes))).contains("not the next");
  }

  @Test
  void aBatchLongerThanItsFrameIsRefused() {
    assertThat(reason(said("000001" + "0200" + "41"))).isEqualTo("none");
    assertThat(reason(said("000001" + "0300" + "41")))
        .isEqualTo("a batch is longer than its frame");
    assertThat(reason(said("000001" + "feffffff7f" + "41"))).contains("longer than its frame");
    assertThat(reason(said("000001" + "ffffffffffffff1f00" + "41"))).contains("is more than");
  }

  @Test
  void aBatchWithinABatchIsRefused() {
    String nested = "0000";
    for (int depth = 0; depth < 3; depth++) {
      nested = "0000" + "00" + String.format("%02x", nested.length() / 2) + nested;
    }
    assertThat(reason(said(nested))).isEqualTo("a batch is within a batch");
  }

  @Test
  void messagesOnChannelsThatDoNotExistAreDroppedAndNotKept() {
    Script script = new Script();
    for (int index = 0; index < 10_000; index++) {
      script.says(new Encoder().uint(1 + index % 500).uint(0).raw(new byte[100]).bytes());
    }
    assertThat(reason(script)).isEqualTo("none");
    assertThat(script.sent).isEmpty();
  }

  @Test
  void aRefusalOfAChannelThatWasNotOpenedEndsTheStream() {
    assertThat(reason(said("000201"))).contains("was not opened");
  }

  @Test
  void theControlChannelCannotBeOpened() {
    Script script = said("0001000161" + "00");
    assertThat(reason(script)).isEqualTo("none");
    assertThat(script.sent).containsExactly("000200");
  }

  @Test
  void aNameOrIdOfTheLongestSizeIsTakenAndALongerOneRefused() {
    assertThat(reason(new Script().says(opening(Mux.LONGEST_NAME, 1)))).isEqualTo("none");
    assertThat(reason(new Script().says(opening(Mux.LONGEST_NAME + 1, 1)))).contains("too long");
    assertThat(reason(new Script().says(opening(1, Mux.LONGEST_NAME)))).isEqualTo("none");
    assertThat(reason(new Script().says(opening(1, Mux.LONGEST_NAME + 1)))).contains("too long");
  }

  private static byte[] opening(int name, int id) {
    return new Encoder()
        .uint8(0)
        .uint(1)
        .uint(1)
        .string("x".repeat(name))
        .buffer(new byte[id])
        .bytes();
  }

  @Test
  void aHandlerThatRefusesAMessageEndsTheStreamWithItsReason() {
    Handler strict =
        new Handler() {
          @Override
          public void opened(Channel channel, ByteBuffer handshake) {}

          @Override
          public void received(Channel channel, int type, ByteBuffer body)
              throws MalformedException {
            throw new MalformedException("not like this");
          }

          @Override
          public void closed(Channel channel, boolean remotely) {
            notes.closed(channel, remotely);
          }
        };
    Script script = said("0001010161" + "00", "010041", "010042");
    assertThat(reason(script, mux -> mux.open(ALPHA, NOTHING, strict))).isEqualTo("not like this");
    assertThat(notes.lines).containsExactly("was closed a");
  }

  @Test
  void sixtyThousandInventedFramesEndCleanly() {
    SplittableRandom random = new SplittableRandom(11);
    int[] refused = {0};
    Simulation.run(
        1,
        simulation -> {
          World world = simulation.machine("a").world();
          for (int round = 0; round < 20_000; round++) {
            Script script = new Script();
            for (int frame = 0; frame < 3; frame++) {
              script.says(invented(random));
            }
            Mux mux = new Mux(world, script);
            mux.open(ALPHA, NOTHING, notes);
            mux.pairAny("b", protocol -> mux.open(protocol, NOTHING, notes));
            try {
              mux.run();
            } catch (RefusedException clean) {
              refused[0]++;
            }
          }
        });
    assertThat(refused[0]).isBetween(1000, 19_999);
  }

  private static byte[] invented(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(40)];
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = (byte) (random.nextInt(4) > 0 ? random.nextInt(5) : random.nextInt(256));
      if (random.nextInt(8) == 0) {
        bytes[at] = (byte) (random.nextBoolean() ? 'a' : 'b');
      }
    }
    return bytes;
  }

  /// A peer that asks and asks, and never reads what it is answered.
  @Test
  void whoNeverReadsIsNotReadEither() {
    Simulation.run(
        1,
        simulation -> {
          World world = simulation.machine("a").world();
          Deaf deaf = new Deaf(world);
          Mux mux = new Mux(world, deaf);
          mux.open(ALPHA, NOTHING, new Generous());
          assertThatThrownBy(mux::run)
              .isInstanceOf(IOException.class)
              .hasMessageContaining("does not read");
          assertThat(deaf.asked).isBetween(70, 100);
        });
  }

  @Test
  void aSenderIsToldToWaitAndWhenTheOtherSideHasRead() {
    Simulation.run(
        1,
        simulation -> {
          World world = simulation.machine("a").world();
          Deaf deaf = new Deaf(world);
          Mux mux = new Mux(world, deaf);
          Channel channel = mux.open(ALPHA, NOTHING, notes).orElseThrow();
          int sent = 0;
          while (channel.send(0, ByteBuffer.allocate(10_000))) {
            sent++;
          }
          assertThat(sent).isEqualTo((int) (Writer.ENOUGH / 10_000));
          assertThat(mux.awaitDrained(Duration.ofSeconds(5))).isFalse();
          deaf.hears.complete(null);
          assertThat(mux.awaitDrained(Duration.ofSeconds(5))).isTrue();
          mux.destroy(new IOException("enough"));
          assertThat(mux.awaitDrained(Duration.ofSeconds(5))).isFalse();
          assertThatThrownBy(mux::run).hasMessage("enough");
        });
  }

  /// Answers every message with 100 KB.
  private static final class Generous implements Handler {
    @Override
    public void opened(Channel channel, ByteBuffer handshake) {}

    @Override
    public void received(Channel channel, int type, ByteBuffer body) {
      channel.send(0, ByteBuffer.allocate(100_000));
    }

    @Override
    public void closed(Channel channel, boolean remotely) {}
  }

  /// A stream whose other side asks for ever and, until it hears, reads nothing.
  private static final class Deaf implements MessageStream {
    private final World world;
    private final CompletableFuture<Void> hears = new CompletableFuture<>();
    private int asked;

    Deaf(World world) {
      this.world = world;
    }

    @Override
    public void send(List<ByteBuffer> messages) throws IOException {
      try {
        world.tasks().await(hears, Duration.ofHours(1));
      } catch (Exception never) {
        throw new IOException(never);
      }
    }

    @Override
    public Optional<ByteBuffer> receive() {
      asked++;
      byte[] frame = asked == 1 ? HexFormat.of().parseHex("000101016100") : new byte[] {1, 0};
      return Optional.of(ByteBuffer.wrap(frame));
    }

    @Override
    public void close() {
      hears.complete(null);
    }
  }

  /// What is done before the mux runs.
  private interface Before {
    void act(Mux mux);
  }

  private static Script said(String... frames) {
    Script script = new Script();
    for (String frame : frames) {
      script.says(frame);
    }
    return script;
  }

  private String reason(Script script) {
    return reason(script, mux -> {});
  }

  private String reason(Script script, Before before) {
    String[] reason = {"none"};
    Simulation.run(
        1,
        simulation -> {
          World world = simulation.machine("a").world();
          Mux mux = new Mux(world, script);
          before.act(mux);
          world.tasks().sleep(Duration.ofMillis(1));
          try {
            mux.run();
          } catch (RefusedException refused) {
            reason[0] = refused.getMessage();
          }
          world.tasks().sleep(Duration.ofMillis(1));
          assertThat(script.closed).isTrue();
        });
    return reason[0];
  }
}
