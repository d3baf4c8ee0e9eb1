package cloud.bevy.foundation.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Little-endian numbers in arrays of bytes, and comparing secrets.
final class Bytes {
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  static int readInt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static void writeInt(byte[] bytes, int at, int value) {
    INTS.set(bytes, at, value);
  }

  static long readLong(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void writeLong(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, value);
  }

  /// Whether the 16 bytes at two places are the same, in a time that does not depend on them.
  static boolean same16(byte[] one, int oneAt, byte[] other, int otherAt) {
    long difference =
        (readLong(one, oneAt) ^ readLong(other, otherAt))
            | (readLong(one, oneAt + 8) ^ readLong(other, otherAt + 8));
    return difference == 0;
  }

  static void mustHave(int size, byte[] bytes, String what) {
    if (bytes.length != size) {
      throw new IllegalArgumentException(what + " has " + size + " bytes, not " + bytes.length);
    }
  }
}
