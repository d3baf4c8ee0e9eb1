package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BuffersTest {
  private static final byte[] WORD = "bevy".getBytes(StandardCharsets.US_ASCII);

  private final Buffers buffers = new Buffers();

  @Test
  void memoryIsUsedAgainOnceNobodyHoldsItAnyMore() {
    ByteBuf first = buffers.directBuffer(2_000);
    first.writeBytes(WORD);
    ByteBuf part = first.readRetainedSlice(2);
    first.release();
    assertThat(buffers.kept()).isZero();

    part.release();
    assertThat(buffers.kept()).isEqualTo(4 << 10);

    ByteBuf second = buffers.directBuffer(1_000);
    assertThat(buffers.kept()).isZero();
    assertThat(second.readableBytes()).isZero();
    assertThat(second.capacity()).isEqualTo(1_000);
    assertThat(second.getByte(1)).isEqualTo(WORD[1]);
    second.release();
  }

  @Test
  void memoryGoesBackOnce() {
    ByteBuf buffer = buffers.directBuffer(Buffers.LARGEST_BYTES);
    buffer.release();

    assertThatThrownBy(buffer::release).isInstanceOf(IllegalReferenceCountException.class);
    assertThat(buffers.kept()).isEqualTo(Buffers.LARGEST_BYTES);
  }

  @Test
  void aBufferThatGrowsKeepsItsBytesAndGivesItsMemoryBack() {
    ByteBuf buffer = buffers.directBuffer(WORD.length);
    buffer.writeBytes(WORD);
    buffer.writeZero(100_000).writeBytes(WORD);

    assertThat(buffer.toString(0, WORD.length, StandardCharsets.US_ASCII)).isEqualTo("bevy");
    assertThat(buffer.toString(100_004, 4, StandardCharsets.US_ASCII)).isEqualTo("bevy");
    buffer.release();
    assertThat(buffers.kept()).isEqualTo(4 << 10);
  }

  @Test
  void littleIsKept() {
    List<ByteBuf> many =
        IntStream.range(0, 100).mapToObj(_ -> buffers.directBuffer(100_000)).toList();
    many.forEach(ByteBuf::release);
    assertThat(buffers.kept()).isEqualTo(Buffers.KEPT_LARGEST_BYTES);
    List<ByteBuf> small =
        IntStream.range(0, 300).mapToObj(_ -> buffers.directBuffer(4 << 10)).toList();
    small.forEach(ByteBuf::release);
    assertThat(buffers.kept()).isEqualTo(Buffers.KEPT_LARGEST_BYTES + Buffers.KEPT_BYTES);

    buffers.clear();
    assertThat(buffers.kept()).isZero();
  }

  @Test
  void whatIsLargerThanAnyReadIsNotKept() {
    ByteBuf large = buffers.directBuffer(Buffers.LARGEST_BYTES + 1);
    assertThat(large.capacity()).isEqualTo(Buffers.LARGEST_BYTES + 1);
    large.release();
    assertThat(buffers.kept()).isZero();
  }
}
