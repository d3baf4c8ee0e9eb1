package cloud.bevy.hyper.bee;

/// Writes protobuf's varints and length-prefixed bytes into an array of the exact size.
final class ProtobufWriter {
  private final byte[] bytes;
  private int position;

  ProtobufWriter(int size) {
    this.bytes = new byte[size];
  }

  /// How many bytes a varint takes.
  static int size(long number) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(number | 1);
    return (bits + 6) / 7;
  }

  /// How many bytes a field of `length` bytes takes, with its tag and length.
  static int fieldSize(int length) {
    return 1 + size(length) + length;
  }

  ProtobufWriter number(long number) {
    long rest = number;
    while (rest > 0x7f) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
    return this;
  }

  /// The tag and length of a field of bytes that are written next.
  ProtobufWriter field(int number, int length) {
    bytes[position++] = (byte) (number << 3 | ProtobufReader.BYTES);
    return number(length);
  }

  ProtobufWriter field(int number, byte[] content) {
    field(number, content.length);
    System.arraycopy(content, 0, bytes, position, content.length);
    position += content.length;
    return this;
  }

  /// What was written, which must be all there was room for.
  byte[] finish() {
    if (position != bytes.length) {
      throw new IllegalStateException(
          "a block of " + bytes.length + " bytes was filled to " + position);
    }
    return bytes;
  }
}
