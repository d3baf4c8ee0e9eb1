package cloud.bevy.hyper.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox();

  @Test
  void whatIsWrittenIsRoomForTheNextFrames() {
    ByteBuffer first = frame(1, Outbox.BATCH);
    outbox.reuse(List.of(first));
    ByteBuffer second = frame(2, Outbox.BATCH - 10);
    assertThat(second.array()).isSameAs(first.array());
    assertThat(second.slice(second.limit() - Outbox.BATCH + 10, Outbox.BATCH - 10))
        .isEqualTo(ByteBuffer.wrap(message(2, Outbox.BATCH - 10)));
  }

  @Test
  void framesThatWaitAreNotWrittenOver() {
    ByteBuffer first = frame(1, Outbox.BATCH);
    ByteBuffer before = ByteBuffer.wrap(Arrays.copyOf(first.array(), first.limit()));
    assertThat(frame(2, Outbox.BATCH).array()).isNotSameAs(first.array());
    assertThat(first).isEqualTo(before.position(first.position()));
  }

  @Test
  void roomIsNotKeptWhileNothingIsSentNorWhereItIsLarge() {
    ByteBuffer first = frame(1, Outbox.BATCH);
    outbox.reuse(List.of(first));
    outbox.rest();
    assertThat(frame(2, Outbox.BATCH).array()).isNotSameAs(first.array());
    ByteBuffer large = frame(3, 4 * Outbox.BATCH);
    outbox.reuse(List.of(large));
    assertThat(frame(4, 4 * Outbox.BATCH).array()).isNotSameAs(large.array());
  }

  private ByteBuffer frame(int seed, int size) {
    outbox.add(1, 1, ByteBuffer.wrap(message(seed, size)));
    return outbox.take(true).getFirst();
  }

  private static byte[] message(int seed, int size) {
    byte[] message = new byte[size];
    Arrays.fill(message, (byte) seed);
    return message;
  }
}
