package cloud.bevy.hyper.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What replicas say of their disks.
class DurableTest {
  private static final int FUZZED = 50_000;
  private static final byte[] REPLICA = new byte[32];

  private static byte[] payload(Durable durable) {
    return ((Message.Extension) durable.message()).payload();
  }

  @Test
  void whatIsSaidIsUnderstood() throws Exception {
    Durable durable = new Durable(REPLICA, 3, 1L << 40, 7);
    assertThat(Durable.read(REPLICA, payload(durable))).contains(durable);
  }

  @Test
  void moreThanThereIsIsRefused() {
    byte[] payload = payload(new Durable(REPLICA, 0, 5, 5));
    payload[payload.length - 1]++;
    assertThatThrownBy(() -> Durable.read(REPLICA, payload)).isInstanceOf(MalformedException.class);
  }

  @Test
  void fiftyThousandSpoiltMessagesAreReadOrCleanlyRefused() {
    byte[] whole = payload(new Durable(REPLICA, 300, 1L << 40, 70_000));
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    for (int round = 0; round < FUZZED; round++) {
      byte[] spoilt = Arrays.copyOf(whole, random.nextInt(whole.length + 3));
      for (int i = random.nextInt(4); i > 0 && spoilt.length > 0; i--) {
        spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
      }
      try {
        Optional<Durable> read = Durable.read(REPLICA, spoilt);
        assertThat(read.map(it -> it.contiguous() <= it.length()).orElse(true)).isTrue();
      } catch (MalformedException expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, FUZZED - 1);
  }

  @Test
  void whoOnlyUnderstandsHasSaidNothing() throws Exception {
    assertThat(Durable.read(REPLICA, new Encoder(8).uint(0).bytes())).isEmpty();
  }
}
