package cloud.bevy.foundation.http;

import io.netty.buffer.ByteBuf;

/// The mask of RFC 6455, section 5.3, under which clients send: four bytes again and again.
final class Masking {
  private static final int MASK_BYTES = Integer.BYTES;

  private Masking() {}

  /// The mask for bytes that come `offset` bytes after the payload's first.
  static int rotate(int mask, long offset) {
    return Integer.rotateLeft(mask, (int) (offset % MASK_BYTES) * Byte.SIZE);
  }

  /// Puts bytes under the mask, or takes them out of it.
  static void apply(ByteBuf bytes, int from, int count, int mask) {
    long wide = Integer.toUnsignedLong(mask) << Integer.SIZE | Integer.toUnsignedLong(mask);
    int at = from;
    int end = from + count;
    for (; end - at >= Long.BYTES; at += Long.BYTES) {
      bytes.setLong(at, bytes.getLong(at) ^ wide);
    }
    for (int shift = Integer.SIZE - Byte.SIZE; at < end; at++, shift = next(shift)) {
      bytes.setByte(at, bytes.getByte(at) ^ mask >>> shift);
    }
  }

  private static int next(int shift) {
    return shift == 0 ? Integer.SIZE - Byte.SIZE : shift - Byte.SIZE;
  }
}
