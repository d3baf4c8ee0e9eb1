package cloud.bevy.foundation.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Blake2bLanesTest {
  @Property(tries = 500)
  void messagesSideBySideHaveTheHashesTheyHaveAlone(
      @ForAll @IntRange(min = 1, max = Blake2bLanes.MOST) int count,
      @ForAll @IntRange(max = 700) int size,
      @ForAll @Size(max = 127) byte[] before,
      @ForAll @IntRange(min = 1, max = 8) int words) {
    List<ByteBuffer> messages = messages(count, size);
    assertThat(new Blake2bLanes(8 * words).hash(before, messages))
        .containsExactlyElementsOf(alone(8 * words, before, messages));
  }

  @Test
  void largeMessagesHaveTheHashesTheyHaveAlone() {
    Blake2bLanes lanes = new Blake2bLanes(32);
    for (int size : new int[] {1 << 16, (1 << 16) + 1, 119 + (1 << 16), 1 << 18}) {
      List<ByteBuffer> messages = messages(Blake2bLanes.MOST, size);
      assertThat(lanes.hash(new byte[9], messages))
          .containsExactlyElementsOf(alone(32, new byte[9], messages));
    }
  }

  @Test
  void messagesOfDifferentLengthsAndTooManyAreRefused() {
    Blake2bLanes lanes = new Blake2bLanes(32);
    assertThatThrownBy(
            () -> lanes.hash(new byte[0], List.of(ByteBuffer.allocate(1), ByteBuffer.allocate(2))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> lanes.hash(new byte[0], messages(Blake2bLanes.MOST + 1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> lanes.hash(new byte[128], messages(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> lanes.hash(new byte[0], List.of(ByteBuffer.allocateDirect(1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Blake2bLanes(31)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<ByteBuffer> messages(int count, int size) {
    SplittableRandom random = new SplittableRandom(size);
    List<ByteBuffer> messages = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      byte[] message = new byte[size];
      random.nextBytes(message);
      byte[] whole = new byte[each + size + 1]; // a part of an array
      System.arraycopy(message, 0, whole, each, size);
      messages.add(ByteBuffer.wrap(whole, each, size).slice());
    }
    return messages;
  }

  private static List<byte[]> alone(int length, byte[] before, List<ByteBuffer> messages) {
    return messages.stream()
        .map(it -> Blake2b.plain(length).update(before).digest(it.duplicate()))
        .toList();
  }
}
