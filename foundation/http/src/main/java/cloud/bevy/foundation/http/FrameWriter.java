package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.Chance;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/// Makes the frames of RFC 6455, section 5.2.
final class FrameWriter {
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;
  private static final int LARGEST_SHORT = 0xFFFF;
  private static final int LARGEST_HEAD = 14;

  private final Chance chance;
  private final boolean masks;

  /// @param masks whether the frames are a client's
  FrameWriter(Chance chance, boolean masks) {
    this.chance = chance;
    this.masks = masks;
  }

  /// One whole message, or one close, ping or pong. The payload is copied and read to its end.
  ByteBuf frame(int opcode, ByteBuffer payload) {
    int size = payload.remaining();
    ByteBuf out = Unpooled.buffer(LARGEST_HEAD + size);
    out.writeByte(FINAL | opcode);
    length(out, size);
    if (!masks) {
      return out.writeBytes(payload);
    }
    int mask = (int) chance.nextLong();
    out.writeInt(mask);
    int from = out.writerIndex();
    out.writeBytes(payload);
    Masking.apply(out, from, size, mask);
    return out;
  }

  private void length(ByteBuf out, int size) {
    int bit = masks ? MASKED : 0;
    if (size < SHORT_LENGTH) {
      out.writeByte(bit | size);
    } else if (size <= LARGEST_SHORT) {
      out.writeByte(bit | SHORT_LENGTH).writeShort(size);
    } else {
      out.writeByte(bit | LONG_LENGTH).writeLong(size);
    }
  }
}
