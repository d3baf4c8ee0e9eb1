package cloud.bevy.hyper.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Writes compact-encoding into memory that grows. Every method adds one value and returns the
/// encoder. A value that a JavaScript reader would refuse is refused here, with an
/// `IllegalArgumentException`.
public final class Encoder {
  /// The largest number that JavaScript reads back exactly: 2^53 - 1.
  public static final long LARGEST = (1L << 53) - 1;

  /// The numbers that a zig-zag `int` can hold.
  static final long LARGEST_INT = (1L << 52) - 1;

  private byte[] bytes;
  private int end;

  /// An encoder with room for small things.
  public Encoder() {
    this(64);
  }

  /// An encoder with room for `capacity` bytes before it must grow.
  public Encoder(int capacity) {
    bytes = new byte[capacity];
  }

  /// What was written so far.
  public byte[] bytes() {
    return Arrays.copyOf(bytes, end);
  }

  /// How many bytes were written so far.
  public int size() {
    return end;
  }

  /// `uint`: 1, 3, 5 or 9 bytes.
  public Encoder uint(long value) {
    checkUint(value, LARGEST);
    if (value <= 0xfc) {
      return littleEndian(value, 1);
    }
    if (value <= 0xffff) {
      return littleEndian(0xfd, 1).littleEndian(value, 2);
    }
    if (value <= 0xffffffffL) {
      return littleEndian(0xfe, 1).littleEndian(value, 4);
    }
    return littleEndian(0xff, 1).littleEndian(value, 8);
  }

  /// `int`: a zig-zag `uint`.
  public Encoder integer(long value) {
    return uint(zigZag(value));
  }

  /// `uint8`, `uint16`, up to `uint64`: little-endian.
  ///
  /// @param size in bytes, 1 to 8
  public Encoder uint(long value, int size) {
    checkUint(value, largest(size));
    return littleEndian(value, size);
  }

  /// `int8`, `int16`, up to `int64`: zig-zag, little-endian.
  ///
  /// @param size in bytes, 1 to 8
  public Encoder integer(long value, int size) {
    return uint(zigZag(value), size);
  }

  /// `uint8`.
  public Encoder uint8(int value) {
    return uint(value, 1);
  }

  /// `uint16`, little-endian; also a port.
  public Encoder uint16(int value) {
    return uint(value, 2);
  }

  /// `uint32`, little-endian.
  public Encoder uint32(long value) {
    return uint(value, 4);
  }

  /// `uint64`, little-endian, at most 2^53 - 1.
  public Encoder uint64(long value) {
    return uint(value, 8);
  }

  /// `uint32be`.
  public Encoder uint32be(long value) {
    checkUint(value, largest(4));
    return littleEndian(Long.reverseBytes(value) >>> 32, 4);
  }

  /// `uint64be`, at most 2^53 - 1.
  public Encoder uint64be(long value) {
    checkUint(value, LARGEST);
    return littleEndian(Long.reverseBytes(value), 8);
  }

  /// `biguint64`: all 64 bits, little-endian.
  public Encoder bits64(long value) {
    return littleEndian(value, 8);
  }

  /// `float32`.
  public Encoder float32(float value) {
    return littleEndian(Float.floatToIntBits(value) & 0xffffffffL, 4);
  }

  /// `float64`.
  public Encoder float64(double value) {
    return littleEndian(Double.doubleToLongBits(value), 8);
  }

  /// `bool`.
  public Encoder bool(boolean value) {
    return littleEndian(value ? 1 : 0, 1);
  }

  /// `date`: milliseconds since 1970 as an `int`.
  public Encoder date(long milliseconds) {
    return integer(milliseconds);
  }

  /// `raw`: the bytes and nothing else.
  public Encoder raw(byte[] value) {
    return raw(value, 0, value.length);
  }

  /// `raw`: `count` bytes from `offset` on.
  public Encoder raw(byte[] value, int offset, int count) {
    room(count);
    System.arraycopy(value, offset, bytes, end, count);
    end += count;
    return this;
  }

  /// `fixed32` and its like: bytes whose number the reader knows.
  public Encoder fixed(byte[] value, int size) {
    if (value.length != size) {
      throw new IllegalArgumentException("expected " + size + " bytes, not " + value.length);
    }
    return raw(value);
  }

  /// `buffer`: the length, then the bytes.
  public Encoder buffer(byte[] value) {
    return uint(value.length).raw(value);
  }

  /// `optionalBuffer`: nothing and an empty buffer look the same.
  public Encoder optionalBuffer(Optional<byte[]> value) {
    return value.isPresent() ? buffer(value.get()) : uint(0);
  }

  /// `string`: UTF-8. Half a surrogate pair becomes U+FFFD, as in JavaScript.
  public Encoder string(String text) {
    return buffer(Text.utf8(text));
  }

  /// `json`: a text, which is JSON already.
  public Encoder json(String text) {
    return string(text);
  }

  /// `ndjson`: a text, which is JSON already, and a line feed.
  public Encoder ndjson(String text) {
    return string(text + '\n');
  }

  /// `ascii`.
  public Encoder ascii(String text) {
    return buffer(encoded(text, StandardCharsets.US_ASCII));
  }

  /// `utf16le`.
  public Encoder utf16(String text) {
    return buffer(encoded(text, StandardCharsets.UTF_16LE));
  }

  /// `hex`: the bytes that the digits stand for.
  public Encoder hex(String digits) {
    return buffer(HexFormat.of().parseHex(digits));
  }

  /// `base64`: the bytes that the text stands for.
  public Encoder base64(String text) {
    return buffer(Base64.getDecoder().decode(text));
  }

  /// `bitarray`: the number of bits, then eight of them a byte, lowest first.
  public Encoder bits(boolean[] bits) {
    uint(bits.length);
    byte[] packed = new byte[(bits.length + 7) / 8];
    for (int at = 0; at < bits.length; at++) {
      if (bits[at]) {
        packed[at >>> 3] |= (byte) (1 << (at & 7));
      }
    }
    return raw(packed);
  }

  /// `uint16array`, `uint32array`: the number of items, then each in `size` bytes.
  public Encoder uints(long[] values, int size) {
    uint(values.length);
    for (long value : values) {
      uint(value, size);
    }
    return this;
  }

  /// `array`: the number of items, then each as `write` writes it.
  ///
  /// @throws IllegalArgumentException for more items than [Decoder#MOST_ITEMS]
  public <T> Encoder array(List<T> items, BiConsumer<Encoder, T> write) {
    if (items.size() > Decoder.MOST_ITEMS) {
      throw new IllegalArgumentException("an array has too many items: " + items.size());
    }
    uint(items.size());
    for (T item : items) {
      write.accept(this, item);
    }
    return this;
  }

  /// `frame`: what `write` writes, behind its length.
  public Encoder frame(Consumer<Encoder> write) {
    Encoder inner = new Encoder();
    write.accept(inner);
    return uint(inner.end).raw(inner.bytes, 0, inner.end);
  }

  /// `stringRecord`: the number of entries, then each key and value, in the map's order.
  public Encoder strings(Map<String, String> entries) {
    uint(entries.size());
    entries.forEach((key, value) -> string(key).string(value));
    return this;
  }

  /// `ipv4` or `ipv6`: 4 or 16 bytes; the reader must know which.
  public Encoder host(Host host) {
    return raw(host.bytes());
  }

  /// `ip`: the family, 4 or 6, then the host.
  public Encoder ip(Host host) {
    return uint8(host.family()).host(host);
  }

  /// `ipv4Address` or `ipv6Address`: the host, then the port.
  public Encoder address(Address address) {
    return host(address.host()).uint16(address.port());
  }

  /// `ipAddress`: the family, the host, the port.
  public Encoder ipAddress(Address address) {
    return ip(address.host()).uint16(address.port());
  }

  /// `size` bytes of a number, lowest first.
  Encoder littleEndian(long value, int size) {
    room(size);
    for (int shift = 0; shift < size * Byte.SIZE; shift += Byte.SIZE) {
      bytes[end++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void room(int count) {
    if (bytes.length - end < count) {
      int needed = Math.addExact(end, count);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * needed, 1 << 30)));
    }
  }

  /// The largest unsigned number in `size` bytes that JavaScript reads back.
  static long largest(int size) {
    if (size < 1 || size > Long.BYTES) {
      throw new IllegalArgumentException("a number has 1 to 8 bytes, not " + size);
    }
    return size > 6 ? LARGEST : (1L << (size * Byte.SIZE)) - 1;
  }

  private static void checkUint(long value, long largest) {
    if (value < 0 || value > largest) {
      throw new IllegalArgumentException(value + " is not between 0 and " + largest);
    }
  }

  private static long zigZag(long value) {
    if (value < -LARGEST_INT - 1 || value > LARGEST_INT) {
      throw new IllegalArgumentException(value + " does not fit into an int");
    }
    return (value << 1) ^ (value >> 63);
  }

  private static byte[] encoded(String text, Charset charset) {
    return text.getBytes(charset);
  }
}
