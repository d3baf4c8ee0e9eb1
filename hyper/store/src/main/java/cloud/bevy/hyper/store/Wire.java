package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How the store writes numbers: little endian, whatever the order of the buffer at hand.
final class Wire {
  private Wire() {}

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static long bigEndian(ByteBuffer from) {
    long value = from.getLong();
    return from.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
  }

  static void putBigEndian(ByteBuffer into, long value) {
    into.putLong(into.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value));
  }
}
