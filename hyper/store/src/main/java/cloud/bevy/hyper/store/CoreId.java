package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// The 32 bytes that name a core in a store, held as four numbers so that a directory of many stays
/// small.
public record CoreId(long first, long second, long third, long fourth)
    implements Comparable<CoreId> {
  /// How many bytes an id has.
  public static final int BYTES = 32;

  /// The id that `bytes` spell.
  ///
  /// @throws IllegalArgumentException unless there are exactly 32 bytes
  public static CoreId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a core's id has 32 bytes, not " + bytes.length);
    }
    return read(ByteBuffer.wrap(bytes));
  }

  /// The 32 bytes, in an array of their own.
  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    write(ByteBuffer.wrap(bytes));
    return bytes;
  }

  static CoreId read(ByteBuffer from) {
    return new CoreId(
        Wire.bigEndian(from), Wire.bigEndian(from), Wire.bigEndian(from), Wire.bigEndian(from));
  }

  void write(ByteBuffer into) {
    Wire.putBigEndian(into, first);
    Wire.putBigEndian(into, second);
    Wire.putBigEndian(into, third);
    Wire.putBigEndian(into, fourth);
  }

  @Override
  public int compareTo(CoreId other) {
    int order = Long.compareUnsigned(first, other.first);
    order = order != 0 ? order : Long.compareUnsigned(second, other.second);
    order = order != 0 ? order : Long.compareUnsigned(third, other.third);
    return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
  }

  /// The 64 hexadecimal digits.
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
