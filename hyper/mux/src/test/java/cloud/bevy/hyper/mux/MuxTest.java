package cloud.bevy.hyper.mux;

import static cloud.bevy.hyper.mux.Notes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.stream.MessageStream;
import cloud.bevy.hyper.wire.MalformedException;
import cloud.bevy.testing.simulator.Simulation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MuxTest {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final Protocol ALPHA = new Protocol("a", new byte[] {1});

  private final Script script = new Script();
  private final Notes notes = new Notes();

  @Test
  void saysWhatTheJavaScriptPackageSays() throws IOException {
    List<String> golden = golden("A");
    Protocol protocol = new Protocol("test/alpha", bytes("id").array());
    play((world, mux) -> {
      ByteBuffer hello = bytes("\u000chello from A");
      Channel channel = mux.open(protocol, hello, notes).orElseThrow();
      settle(world);
      channel.send(0, bytes("\u0003one"));
      settle(world);
      channel.send(1, ByteBuffer.wrap(new byte[] {(byte) 0xfd, 0x2c, 1}));
      settle(world);
      mux.cork();
      channel.send(0, bytes("\u0003"), bytes("two"));
      channel.send(1, bytes("\u0005"));
      mux.open(new Protocol("other", new byte[0]), NOTHING, notes);
      channel.send(0, bytes("\u0005three"));
      mux.uncork();
      settle(world);
    });
    assertThat(script.sent).isEqualTo(golden);
  }

  @Test
  void understandsWhatTheJavaScriptPackageSays() throws IOException {
    golden("A").forEach(script::says);
    Protocol protocol = new Protocol("test/alpha", bytes("id").array());
    play((world, mux) -> {
      Channel channel = mux.open(protocol, bytes("\u000chello from B"), notes).orElseThrow();
      settle(world);
      mux.run();
      assertThat(channel.closed()).isTrue();
    });
    assertThat(notes.lines)
        .startsWith(
            "opened test/alpha \fhello from A",
            "received test/alpha 0 \u0003one",
            "received test/alpha 1 \ufffd,\u0001",
            "received test/alpha 0 \u0003two",
            "received test/alpha 1 \u0005",
            "received test/alpha 0 \u0005three");
    assertThat(script.sent.get(0)).isEqualTo(golden("B").get(0));
    assertThat(golden("B").get(1)).isEqualTo("0000" + "00" + "020202"); // a batch of one
    assertThat(script.sent.get(1)).isEqualTo("00" + "0202");
  }

  @Test
  void aChannelThatNobodyPairsIsRefused() {
    script.says("0001" + "01" + "0161" + "00");
    play((world, mux) -> mux.run());
    assertThat(script.sent).containsExactly("000201");
  }

  @Test
  void aChannelIsOpenedWhenItIsAskedFor() {
    script.says("0001" + "01" + "0161" + "0101" + "6869").says("010768");
    play((world, mux) -> {
      mux.pair(ALPHA, protocol -> open(mux, protocol));
      mux.run();
    });
    assertThat(notes.lines).containsExactly("opened a hi", "received a 7 h", "was closed a");
    assertThat(script.sent).containsExactly("0001" + "01" + "0161" + "0101");
  }

  @Test
  void aChannelOfAnyIdIsAskedForIfItsOwnIsNot() {
    script.says("0001" + "01" + "0161" + "0101").says("0001" + "02" + "0161" + "0102");
    play((world, mux) -> {
      mux.pairAny("a", protocol -> notes.lines.add("any " + protocol));
      mux.pair(ALPHA, protocol -> notes.lines.add("own " + protocol));
      mux.run();
      mux.unpair(ALPHA);
    });
    assertThat(notes.lines).containsExactly("own a##01", "any a##02");
  }

  @Test
  void anAliasIsAsGoodAsAName() {
    Protocol protocol = new Protocol("a", new byte[] {1}, List.of("old"));
    script.says("0001" + "01" + "036f6c64" + "0101").says("010041");
    play((world, mux) -> {
      mux.pairAny("old", _ -> open(mux, protocol));
      mux.run();
    });
    assertThat(notes.lines).containsExactly("opened a ", "received a 0 A", "was closed a");
    notes.lines.clear();
    script.says("0001" + "01" + "036f6c64" + "0101").says("010041");
    play((world, mux) -> {
      open(mux, protocol);
      mux.run();
    });
    assertThat(notes.lines).containsExactly("opened a ", "received a 0 A", "was closed a");
  }

  @Test
  void aSecondChannelOfOneProtocolAndIdIsNotOpened() {
    play((world, mux) -> {
      Channel first = open(mux, ALPHA).orElseThrow();
      assertThat(mux.opened(ALPHA)).isTrue();
      assertThat(open(mux, ALPHA)).isEmpty();
      first.close();
      assertThat(mux.opened(ALPHA)).isFalse();
      assertThat(open(mux, ALPHA)).isPresent();
    });
    assertThat(notes.lines).containsExactly("closed a");
  }

  @Test
  void aRefusedChannelIsClosedAndItsNumberUsedAgain() {
    script.says("000201");
    play((world, mux) -> {
      Channel channel = open(mux, ALPHA).orElseThrow();
      mux.run();
      assertThat(channel.closed()).isTrue();
    });
    assertThat(notes.lines).containsExactly("was closed a");
  }

  @Test
  void aNumberIsUsedAgainOnlyWhenTheOtherSideKnowsThatItIsFree() {
    Protocol beta = new Protocol("b", new byte[0]);
    script.says("0001" + "01" + "0161" + "0101");
    play((world, mux) -> {
      Channel early = open(mux, ALPHA).orElseThrow();
      early.close();
      open(mux, beta);
      settle(world);
      mux.run(); // the other side answers what was closed meanwhile
    });
    assertThat(script.sent)
        .containsExactly(
            "0000" + "00" + "06" + "01010161" + "0101" + "02" + "0301" + "05" + "0102016200");
  }

  @Test
  void messagesOfAChannelThatWasClosedHereAreDropped() {
    script.says("0001" + "01" + "0161" + "0101").says("010041").says("010042");
    Handler closing =
        new Handler() {
          @Override
          public void opened(Channel channel, ByteBuffer handshake) {}

          @Override
          public void received(Channel channel, int type, ByteBuffer body)
              throws MalformedException {
            notes.received(channel, type, body);
            channel.close();
            assertThat(channel.send(0, NOTHING)).isTrue();
          }

          @Override
          public void closed(Channel channel, boolean remotely) {
            notes.closed(channel, remotely);
          }
        };
    play((world, mux) -> {
      mux.open(ALPHA, NOTHING, closing);
      settle(world);
      mux.run();
    });
    assertThat(notes.lines).containsExactly("received a 0 A", "closed a");
    assertThat(script.sent).containsExactly("0001010161" + "0101", "000301");
  }

  @Test
  void repliesToABatchAreABatch() {
    script.says("0001" + "01" + "0161" + "0101").says("000001" + "0200" + "41" + "0200" + "42");
    Handler echo =
        new Handler() {
          @Override
          public void opened(Channel channel, ByteBuffer handshake) {}

          @Override
          public void received(Channel channel, int type, ByteBuffer body) {
            channel.send(type + 1, body);
          }

          @Override
          public void closed(Channel channel, boolean remotely) {}
        };
    play((world, mux) -> {
      mux.open(ALPHA, NOTHING, echo);
      settle(world);
      mux.run();
    });
    assertThat(script.sent.get(1)).isEqualTo("000001" + "020141" + "020142");
  }

  @Test
  void aMessageThatFitsIntoAFrameIsSentAndALongerOneIsNot() {
    ByteBuffer longest = ByteBuffer.allocate(MessageStream.MAXIMUM_MESSAGE - 33);
    ByteBuffer longer = ByteBuffer.allocate(MessageStream.MAXIMUM_MESSAGE - 32);
    play((world, mux) -> {
      Channel channel = open(mux, ALPHA).orElseThrow();
      channel.send(0, longest);
      settle(world);
      assertThatThrownBy(() -> channel.send(0, longer))
          .isInstanceOf(IllegalArgumentException.class);
    });
    assertThat(script.sent.getLast().length() / 2).isEqualTo(longest.capacity() + 2);
  }

  @Test
  void manySmallMessagesBecomeBatchesOfAboutOneSize() {
    play((world, mux) -> {
      mux.cork();
      Channel channel = open(mux, ALPHA).orElseThrow();
      for (int index = 0; index < 1000; index++) {
        channel.send(0, ByteBuffer.allocate(1000));
      }
      mux.uncork();
      settle(world);
    });
    assertThat(script.sent).hasSizeBetween(15, 17);
    assertThat(script.sent).allMatch(frame -> frame.length() <= 2 * (Outbox.BATCH + 100));
  }

  /// What a test does with a mux.
  private interface Play {
    void act(World world, Mux mux) throws Exception;
  }

  private void play(Play play) {
    Simulation.run(
        1,
        simulation -> {
          World world = simulation.machine("a").world();
          Mux mux = new Mux(world, script);
          play.act(world, mux);
          settle(world);
          mux.close();
          settle(world);
          assertThat(script.closed).isTrue();
        });
  }

  private Optional<Channel> open(Mux mux, Protocol protocol) {
    return mux.open(protocol, NOTHING, notes);
  }

  /// Lets the mux write what it has.
  private static void settle(World world) throws InterruptedException {
    world.tasks().sleep(Duration.ofMillis(1));
  }

  private static List<String> golden(String from) throws IOException {
    try (InputStream in = MuxTest.class.getResourceAsStream("/hypercore-wire.json")) {
      JsonNode frames = new ObjectMapper().readTree(in).get("protomux");
      return frames
          .valueStream()
          .filter(frame -> frame.get("from").asText().equals(from))
          .map(frame -> frame.get("plain").asText())
          .filter(hex -> !hex.equals("000301"))
          .peek(hex -> HexFormat.of().parseHex(hex))
          .toList();
    }
  }
}
