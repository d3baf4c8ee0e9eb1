package cloud.bevy.doors.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// What is in a packet, field by field. A packet that ends too early is malformed, and so is a text
/// that is no UTF-8 or has a character 0.
final class Fields {
  private static final int SEVEN = 0x7f;
  private static final int MOST_LENGTH_BYTES = 4;

  private final ByteBuffer bytes;

  Fields(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  int remaining() {
    return bytes.remaining();
  }

  private void need(int count) throws Violation {
    if (bytes.remaining() < count) {
      throw Violation.malformed("a packet ends too early");
    }
  }

  int octet() throws Violation {
    need(1);
    return bytes.get() & 0xff;
  }

  int two() throws Violation {
    need(Short.BYTES);
    return bytes.getShort() & 0xffff;
  }

  long four() throws Violation {
    need(Integer.BYTES);
    return bytes.getInt() & 0xffff_ffffL;
  }

  int length() throws Violation {
    int value = 0;
    for (int i = 0; i < MOST_LENGTH_BYTES; i++) {
      int octet = octet();
      value |= (octet & SEVEN) << ((Byte.SIZE - 1) * i);
      if (octet <= SEVEN) {
        return value;
      }
    }
    throw Violation.malformed("a number has more than four bytes");
  }

  byte[] binary() throws Violation {
    int length = two();
    need(length);
    return take(length);
  }

  String text() throws Violation {
    int length = two();
    need(length);
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(part).toString();
      if (text.indexOf('\0') >= 0) {
        throw Violation.malformed("a text has a character 0");
      }
      return text;
    } catch (CharacterCodingException malformed) {
      throw Violation.malformed("a text is no UTF-8");
    }
  }

  /// The number of a packet, which is not 0.
  int packetId() throws Violation {
    int id = two();
    if (id == 0) {
      throw Violation.protocol("a packet has the number 0");
    }
    return id;
  }

  /// The next so many bytes, as fields of their own.
  Fields part(int length) throws Violation {
    need(length);
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return new Fields(part);
  }

  byte[] rest() {
    return take(bytes.remaining());
  }

  private byte[] take(int length) {
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  /// Nothing may be left.
  void end() throws Violation {
    if (bytes.hasRemaining()) {
      throw Violation.malformed("a packet has " + bytes.remaining() + " bytes too many");
    }
  }
}
