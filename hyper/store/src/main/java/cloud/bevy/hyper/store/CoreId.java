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
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return new CoreId(from.getLong(), from.getLong(), from.getLong(), from.getLong());
  }

  /// The 32 bytes, in an array of their own.
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /// Reads an id from a buffer in big-endian order, whatever the buffer's own.
  static CoreId read(ByteBuffer from) {
    byte[] bytes = new byte[BYTES];
    from.get(bytes);
    return of(bytes);
  }

  /// A number that tells ids apart in a table, even ids that somebody chose to be alike.
  long fingerprint() {
    long mixed = (first ^ Long.rotateLeft(third, 29)) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 32) ^ second) * 0xd6e8feb86659fd93L;
    return (mixed ^ (mixed >>> 32) ^ fourth) * 0xd6e8feb86659fd93L;
  }

  @Override
  public int compareTo(CoreId other) {
    int order = Long.compareUnsigned(first, other.first);
    order = order != 0 ? order : Long.compareUnsigned(second, other.second);
    order = order != 0 ? order : Long.compareUnsigned(third, other.third);
    return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
  }

  /// By hand, as [#hashCode] is: Java makes a record's own at run time, which takes each start a
  /// twentieth of a second.
  @Override
  public boolean equals(Object other) {
    return other instanceof CoreId id
        && first == id.first
        && second == id.second
        && third == id.third
        && fourth == id.fourth;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(fingerprint());
  }

  /// The 64 hexadecimal digits.
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
