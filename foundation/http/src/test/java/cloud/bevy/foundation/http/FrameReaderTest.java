package cloud.bevy.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final int FUZZED = 50_000;
  private static final World WORLD = RealWorld.create(System.out);

  /// Whole messages, however they were cut.
  private static final class Messages implements FrameReader.Sink {
    private final List<byte[]> whole = new ArrayList<>();
    private ByteArrayOutputStream next = new ByteArrayOutputStream();
    private int largest;

    @Override
    public void data(ByteBuf bytes, boolean ofText, boolean end) {
      byte[] piece = new byte[bytes.readableBytes()];
      bytes.readBytes(piece).release();
      largest = Math.max(largest, piece.length);
      next.writeBytes(piece);
      if (end) {
        whole.add(next.toByteArray());
        next = new ByteArrayOutputStream();
      }
    }

    @Override
    public void control(int kind, byte[] payload) {
      assertThat(payload).hasSizeLessThanOrEqualTo(FrameReader.CONTROL_BYTES);
    }
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadHoweverItIsCut(
      @ForAll @Size(max = 5) List<@IntRange(max = 70_000) Integer> sizes,
      @ForAll boolean masked,
      @ForAll @IntRange(min = 1, max = 5_000) int cut)
      throws WebSocketViolation {
    FrameWriter writer = new FrameWriter(WORLD.chance(), masked);
    FrameReader reader = new FrameReader(WebSocketTerms.MESSAGES.size(), masked);
    ByteBuf wire = Unpooled.buffer();
    List<byte[]> sent = new ArrayList<>();
    for (int size : sizes) {
      byte[] message = new byte[size];
      new Random(size).nextBytes(message);
      sent.add(message);
      wire.writeBytes(writer.frame(FrameReader.BINARY, ByteBuffer.wrap(message)));
    }
    Messages messages = new Messages();
    while (wire.isReadable()) {
      reader.read(wire.readBytes(Math.min(cut, wire.readableBytes())), messages);
    }
    assertThat(Arrays.deepEquals(messages.whole.toArray(), sent.toArray())).isTrue();
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(1);
    for (int input = 0; input < FUZZED; input++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 1 && random.nextBoolean()) {
        bytes[0] = (byte) (random.nextBoolean() ? 0x82 : 0x01);
      }
      read(bytes, random.nextBoolean());
    }
  }

  private static void read(byte[] bytes, boolean masked) {
    FrameReader reader = new FrameReader(new WebSocketTerms.Size(100, 200, 3), masked);
    Messages messages = new Messages();
    try {
      reader.read(Unpooled.wrappedBuffer(bytes), messages);
    } catch (WebSocketViolation refused) {
      assertThat(CloseCode.valid(refused.code())).isTrue();
    }
    assertThat(messages.largest).isLessThanOrEqualTo(100);
  }
}
