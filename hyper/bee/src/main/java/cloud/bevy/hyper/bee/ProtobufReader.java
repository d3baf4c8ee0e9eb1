package cloud.bevy.hyper.bee;

/// Reads protobuf's varints and lengths from a range of a byte array, each checked against the end
/// of the range before it is believed.
final class ProtobufReader {
  /// Numbers are JavaScript's: beyond this they lose their last bits there.
  static final long MAX_NUMBER = (1L << 53) - 1;

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final int MAX_SHIFT = 63;

  private final byte[] bytes;
  private final int end;
  private int position;

  ProtobufReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  boolean hasMore() {
    return position < end;
  }

  int position() {
    return position;
  }

  /// The next varint, as a number of at most 53 bits.
  long number() throws MalformedException {
    if (position < end && bytes[position] >= 0) {
      return bytes[position++];
    }
    long value = 0;
    for (int shift = 0; shift < MAX_SHIFT; shift += 7) {
      if (position >= end) {
        throw new MalformedException("a number is cut off");
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return checked(value);
      }
    }
    throw new MalformedException("a number has more than 63 bits");
  }

  /// A length, and then that many bytes: moves behind them.
  ///
  /// @return where they begin; they end at the new position
  int bytes() throws MalformedException {
    long length = number();
    if (length > end - position) {
      throw new MalformedException("a field ends behind its block");
    }
    int start = position;
    position += (int) length;
    return start;
  }

  /// A reader of a part of the same bytes.
  ProtobufReader slice(int from, int to) {
    return new ProtobufReader(bytes, from, to);
  }

  /// Moves behind a field that nobody here knows.
  void skip(int wireType) throws MalformedException {
    switch (wireType) {
      case VARINT -> number();
      case FIXED64 -> advance(Long.BYTES);
      case BYTES -> bytes();
      case FIXED32 -> advance(Integer.BYTES);
      default -> throw new MalformedException("a field has the unknown type " + wireType);
    }
  }

  private void advance(int count) throws MalformedException {
    if (count > end - position) {
      throw new MalformedException("a field ends behind its block");
    }
    position += count;
  }

  private static long checked(long value) throws MalformedException {
    if (value < 0 || value > MAX_NUMBER) {
      throw new MalformedException("a number has more than 53 bits");
    }
    return value;
  }
}
