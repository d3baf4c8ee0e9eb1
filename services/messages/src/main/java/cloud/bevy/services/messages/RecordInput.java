package cloud.bevy.services.messages;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a [RecordOutput] has written. Whoever reads what is no such thing gets a [MessagesFault].
final class RecordInput {
  private static final int SEVEN = 0x7f;

  private final ByteBuffer bytes;

  RecordInput(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  int octet() {
    try {
      return bytes.get() & 0xff;
    } catch (BufferUnderflowException shorter) {
      throw MessagesFault.damaged("a record ends too early", shorter);
    }
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE - 1) {
      int octet = octet();
      value |= (long) (octet & SEVEN) << shift;
      if (octet <= SEVEN) {
        return value;
      }
    }
    throw MessagesFault.damaged("a number has no end");
  }

  int small() {
    return Math.toIntExact(number());
  }

  boolean truth() {
    return octet() != 0;
  }

  byte[] bytes() {
    long length = number();
    if (length < 0 || length > bytes.remaining()) {
      throw MessagesFault.damaged("a record is shorter than it says");
    }
    byte[] value = new byte[(int) length];
    bytes.get(value);
    return value;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
