package cloud.bevy.services.messages;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes of a record: numbers of seven bits a byte, the least first, and what has a length.
final class RecordOutput {
  private static final int FIRST = 64;
  private static final int SEVEN = 0x7f;
  private static final int MORE = 0x80;

  private byte[] bytes = new byte[FIRST];
  private int length;

  RecordOutput octet(int value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = (byte) value;
    return this;
  }

  RecordOutput number(long value) {
    long rest = value;
    while ((rest & ~SEVEN) != 0) {
      octet((int) (rest & SEVEN) | MORE);
      rest >>>= Byte.SIZE - 1;
    }
    return octet((int) rest);
  }

  RecordOutput truth(boolean value) {
    return octet(value ? 1 : 0);
  }

  RecordOutput bytes(byte[] value) {
    number(value.length);
    while (bytes.length - length < value.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  RecordOutput text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }
}
