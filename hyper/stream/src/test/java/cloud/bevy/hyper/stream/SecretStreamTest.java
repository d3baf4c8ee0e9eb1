package cloud.bevy.hyper.stream;

import static cloud.bevy.hyper.stream.Peers.hear;
import static cloud.bevy.hyper.stream.Peers.one;
import static cloud.bevy.hyper.stream.Peers.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.Simulation;
import cloud.bevy.testing.simulator.Weather;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SecretStreamTest {
  private static final StreamOptions STANDARD = StreamOptions.STANDARD;

  @Test
  void bothSidesLearnEachOthersKeyAndOneHash() {
    Simulation.run(
        1,
        simulation -> {
          Peers.Ends ends = new Peers(simulation).open(STANDARD);
          assertThat(ends.near().initiator()).isTrue();
          assertThat(ends.far().initiator()).isFalse();
          assertThat(ends.near().remotePublicKey()).isEqualTo(Peers.OTHER.publicKey());
          assertThat(ends.far().remotePublicKey()).isEqualTo(Peers.ONE.publicKey());
          assertThat(ends.near().handshakeHash()).hasSize(64).isEqualTo(ends.far().handshakeHash());
          ends.near().close();
          ends.far().close();
        });
  }

  @Test
  void messagesArriveWholeAndInOrderAndThenTheEnd() {
    Simulation.run(
        1,
        simulation -> {
          Peers.Ends ends = new Peers(simulation).open(STANDARD);
          say(ends.near(), "one", "", "two");
          say(ends.far(), "three");
          say(ends.near(), "four");
          assertThat(hear(ends.near())).isEqualTo("three");
          ends.near().close();
          assertThat(hear(ends.far())).isEqualTo("one");
          assertThat(hear(ends.far())).isEqualTo("two");
          assertThat(hear(ends.far())).isEqualTo("four");
          assertThat(hear(ends.far())).isEqualTo("END");
          ends.far().close();
        });
  }

  @Test
  void messagesOfEverySizeCrossInFoulWeather() {
    Seeds.forEach(
        "crossing",
        10,
        simulation -> {
          simulation.network().weather(Weather.FOUL);
          Peers peers = new Peers(simulation);
          Peers.Ends ends = peers.open(STANDARD);
          List<byte[]> messages = new ArrayList<>();
          SplittableRandom random = new SplittableRandom(simulation.seed());
          for (int index = 0; index < 60; index++) {
            byte[] message = new byte[1 + random.nextInt(index % 20 == 0 ? 900_000 : 9000)];
            random.nextBytes(message);
            messages.add(message);
          }
          Tasks.Task near = peers.here.tasks().start("near", () -> talk(ends.near(), messages));
          Tasks.Task far = peers.there.tasks().start("far", () -> talk(ends.far(), messages));
          assertThat(listen(ends.near(), messages.size())).isEqualTo(listed(messages));
          assertThat(listen(ends.far(), messages.size())).isEqualTo(listed(messages));
          assertThat(near.join(Peers.MINUTE) && far.join(Peers.MINUTE)).isTrue();
          ends.near().close();
          ends.far().close();
        });
  }

  @Test
  void severalTasksSendAtOnce() {
    Seeds.forEach(
        "several",
        10,
        simulation -> {
          Peers peers = new Peers(simulation);
          Peers.Ends ends = peers.open(STANDARD);
          List<byte[]> large = List.of(new byte[300_000], new byte[300_000], new byte[300_000]);
          for (int task = 0; task < 5; task++) {
            peers.here.tasks().start("talk " + task, () -> talk(ends.near(), large));
          }
          assertThat(listen(ends.far(), 15)).allMatch(message -> message.remaining() == 300_000);
          ends.near().close();
          assertThat(hear(ends.far())).isEqualTo("END");
          ends.far().close();
        });
  }

  @Test
  void aMessageOfTheLongestSizeIsTakenAndALongerOneRefused() {
    StreamOptions narrow =
        new StreamOptions(
            STANDARD.handshake(), STANDARD.keepAlive(), STANDARD.idle(), STANDARD.write(), 100);
    Simulation.run(
        1,
        simulation -> {
          Peers.Ends ends = new Peers(simulation).open(narrow);
          ends.near().send(one(new byte[100]));
          assertThat(ends.far().receive().orElseThrow().remaining()).isEqualTo(100);
          ends.near().send(one(new byte[101]));
          assertThatThrownBy(() -> ends.far().receive())
              .isInstanceOf(RefusedException.class)
              .hasMessageContaining("bytes");
          assertThatThrownBy(() -> ends.far().send(one(new byte[1])))
              .isInstanceOf(RefusedException.class);
        });
  }

  @Test
  void theLongestMessageOfAllArrivesAndOneMoreByteIsNotSent() {
    Simulation.run(
        1,
        simulation -> {
          Peers peers = new Peers(simulation);
          Peers.Ends ends = peers.open(STANDARD);
          byte[] longest = new byte[MessageStream.MAXIMUM_MESSAGE];
          longest[longest.length - 1] = 7;
          peers.here.tasks().start("talk", () -> talk(ends.near(), List.of(longest)));
          ByteBuffer arrived = ends.far().receive().orElseThrow();
          assertThat(arrived.equals(ByteBuffer.wrap(longest))).isTrue();
          assertThatThrownBy(() -> ends.far().send(one(new byte[longest.length + 1])))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("does not fit");
        });
  }

  private static void talk(SecretStream stream, List<byte[]> messages) {
    try {
      for (byte[] message : messages) {
        stream.send(one(message));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<ByteBuffer> listen(SecretStream stream, int count) throws IOException {
    List<ByteBuffer> messages = new ArrayList<>();
    while (messages.size() < count) {
      messages.add(stream.receive().orElseThrow());
    }
    return messages;
  }

  private static List<ByteBuffer> listed(List<byte[]> messages) {
    return messages.stream().map(ByteBuffer::wrap).toList();
  }
}
