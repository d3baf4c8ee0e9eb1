package cloud.bevy.hyper.wire;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Reads compact-encoding. Every method reads one value; what does not fit into the bytes that are
/// there is refused before anything is allocated for it. Numbers that are written longer than they
/// need to be are accepted, as JavaScript does.
public final class Decoder {
  /// The most items that an array may have.
  public static final int MOST_ITEMS = 0x100000;

  private final byte[] bytes;
  private int at;
  private int end;

  /// Reads all of `bytes`, which must not change meanwhile.
  public Decoder(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /// Reads the bytes from `from` up to but not including `to`, which must not change meanwhile.
  public Decoder(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /// Reads one value.
  @FunctionalInterface
  public interface Reader<T> {
    /// Reads the value.
    T read(Decoder decoder) throws MalformedException;
  }

  /// Reads a value that takes up all of `bytes`.
  ///
  /// @throws MalformedException also where bytes are left over
  public static <T> T whole(byte[] bytes, Reader<T> reader) throws MalformedException {
    Decoder decoder = new Decoder(bytes);
    T value = reader.read(decoder);
    if (decoder.remaining() > 0) {
      throw new MalformedException(decoder.remaining() + " bytes are left over");
    }
    return value;
  }

  /// How many bytes are still to be read.
  public int remaining() {
    return end - at;
  }

  /// `uint`.
  public long uint() throws MalformedException {
    int first = uint8();
    return switch (first) {
      case 0xfd -> uint(2);
      case 0xfe -> uint(4);
      case 0xff -> uint(8);
      default -> first;
    };
  }

  /// A `uint` of at most `largest`: a length, a count or a kind.
  public int uintUpTo(int largest) throws MalformedException {
    long value = uint();
    if (value > largest) {
      throw new MalformedException(value + " is more than " + largest);
    }
    return (int) value;
  }

  /// `int`.
  public long integer() throws MalformedException {
    return unZigZag(uint());
  }

  /// `uint8`, `uint16`, up to `uint64`: little-endian.
  ///
  /// @param size in bytes, 1 to 8
  public long uint(int size) throws MalformedException {
    long value = littleEndian(size);
    if (value < 0 || value > Encoder.LARGEST) {
      throw new MalformedException("a number is larger than 2^53 - 1");
    }
    return value;
  }

  /// `int8`, `int16`, up to `int64`: zig-zag, little-endian.
  ///
  /// @param size in bytes, 1 to 8
  public long integer(int size) throws MalformedException {
    return unZigZag(uint(size));
  }

  /// `uint8`.
  public int uint8() throws MalformedException {
    need(1);
    return bytes[at++] & 0xff;
  }

  /// `uint16`, little-endian; also a port.
  public int uint16() throws MalformedException {
    return (int) uint(2);
  }

  /// `uint32`, little-endian.
  public long uint32() throws MalformedException {
    return uint(4);
  }

  /// `uint64`, little-endian, at most 2^53 - 1.
  public long uint64() throws MalformedException {
    return uint(8);
  }

  /// `uint32be`.
  public long uint32be() throws MalformedException {
    return Long.reverseBytes(littleEndian(4)) >>> 32;
  }

  /// `uint64be`, at most 2^53 - 1.
  public long uint64be() throws MalformedException {
    long value = Long.reverseBytes(littleEndian(8));
    if (value < 0 || value > Encoder.LARGEST) {
      throw new MalformedException("a number is larger than 2^53 - 1");
    }
    return value;
  }

  /// `biguint64`: all 64 bits, little-endian.
  public long bits64() throws MalformedException {
    return littleEndian(8);
  }

  /// `float32`.
  public float float32() throws MalformedException {
    return Float.intBitsToFloat((int) littleEndian(4));
  }

  /// `float64`.
  public double float64() throws MalformedException {
    return Double.longBitsToDouble(littleEndian(8));
  }

  /// `bool`: anything but 1 is false, as in JavaScript.
  public boolean bool() throws MalformedException {
    return uint8() == 1;
  }

  /// `date`: milliseconds since 1970.
  public long date() throws MalformedException {
    return integer();
  }

  /// `raw`: all that is left.
  public byte[] raw() {
    byte[] rest = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return rest;
  }

  /// `fixed32` and its like.
  public byte[] fixed(int size) throws MalformedException {
    need(size);
    at += size;
    return Arrays.copyOfRange(bytes, at - size, at);
  }

  /// `buffer`.
  public byte[] buffer() throws MalformedException {
    return fixed(length());
  }

  /// `buffer`, as a part of the bytes that are read where it is most of them, so that holding the
  /// one is not much more than holding the other; else copied.
  public ByteBuffer part() throws MalformedException {
    int size = length();
    need(size);
    at += size;
    return size > bytes.length / 2
        ? ByteBuffer.wrap(bytes, at - size, size).slice()
        : ByteBuffer.wrap(Arrays.copyOfRange(bytes, at - size, at));
  }

  /// `optionalBuffer`: nothing if it is empty.
  public Optional<byte[]> optionalBuffer() throws MalformedException {
    byte[] value = buffer();
    return value.length == 0 ? Optional.empty() : Optional.of(value);
  }

  /// `string`. What is not UTF-8 becomes U+FFFD, as in JavaScript.
  public String string() throws MalformedException {
    return text(StandardCharsets.UTF_8);
  }

  /// `json`, `ndjson`: the text, which has not been parsed.
  public String json() throws MalformedException {
    return string();
  }

  /// `ascii`. The eighth bit is dropped, as in JavaScript.
  public String ascii() throws MalformedException {
    byte[] value = buffer();
    for (int index = 0; index < value.length; index++) {
      value[index] &= 0x7f;
    }
    return new String(value, StandardCharsets.US_ASCII);
  }

  /// `utf16le`. Half a character at the end is dropped, as in JavaScript.
  public String utf16() throws MalformedException {
    byte[] value = buffer();
    return new String(value, 0, value.length & ~1, StandardCharsets.UTF_16LE);
  }

  /// `hex`: the digits of the bytes.
  public String hex() throws MalformedException {
    return HexFormat.of().formatHex(buffer());
  }

  /// `base64`: the text of the bytes.
  public String base64() throws MalformedException {
    return Base64.getEncoder().encodeToString(buffer());
  }

  /// `bitarray`.
  public boolean[] bits() throws MalformedException {
    long count = uint();
    if ((count + 7) / 8 > remaining()) {
      throw new MalformedException("a bit array is longer than what is there");
    }
    byte[] packed = fixed((int) ((count + 7) / 8));
    boolean[] bits = new boolean[(int) Math.min(count, packed.length * 8L)];
    for (int index = 0; index < bits.length; index++) {
      bits[index] = (packed[index >>> 3] & (1 << (index & 7))) != 0;
    }
    return bits;
  }

  /// `uint16array`, `uint32array`.
  ///
  /// @param size of an item in bytes
  public long[] uints(int size) throws MalformedException {
    long count = uint();
    if (count > remaining() / size) {
      throw new MalformedException("an array is longer than what is there");
    }
    long[] values = new long[(int) count];
    for (int index = 0; index < values.length; index++) {
      values[index] = uint(size);
    }
    return values;
  }

  /// `array`.
  ///
  /// @throws MalformedException also for more than [#MOST_ITEMS], and for more items than bytes
  public <T> List<T> array(Reader<T> reader) throws MalformedException {
    int count = count();
    List<T> items = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      items.add(reader.read(this));
    }
    return items;
  }

  /// `frame`: a value behind its length. What the value does not use is skipped.
  public <T> T frame(Reader<T> reader) throws MalformedException {
    int size = length();
    int outer = end;
    end = at + size;
    try {
      T value = reader.read(this);
      at = end;
      return value;
    } finally {
      end = outer;
    }
  }

  /// `stringRecord`: in the order in which the entries were written.
  public Map<String, String> strings() throws MalformedException {
    int count = count();
    Map<String, String> entries = new LinkedHashMap<>();
    for (int index = 0; index < count; index++) {
      String key = string();
      entries.put(key, string());
    }
    return entries;
  }

  /// `ipv4`.
  public Host ipv4() throws MalformedException {
    return new Host(fixed(4));
  }

  /// `ipv6`.
  public Host ipv6() throws MalformedException {
    return new Host(fixed(16));
  }

  /// `ip`: the family, then the host.
  public Host ip() throws MalformedException {
    return switch (uint8()) {
      case 4 -> ipv4();
      case 6 -> ipv6();
      default -> throw new MalformedException("an address is of neither family 4 nor 6");
    };
  }

  /// `ipv4Address`.
  public Address ipv4Address() throws MalformedException {
    return new Address(ipv4(), uint16());
  }

  /// `ipv6Address`.
  public Address ipv6Address() throws MalformedException {
    return new Address(ipv6(), uint16());
  }

  /// `ipAddress`.
  public Address ipAddress() throws MalformedException {
    return new Address(ip(), uint16());
  }

  /// How many items follow, each of which takes a byte at least.
  int count() throws MalformedException {
    int count = uintUpTo(MOST_ITEMS);
    if (count > remaining()) {
      throw new MalformedException("more items are announced than bytes are there");
    }
    return count;
  }

  /// How many bytes follow.
  private int length() throws MalformedException {
    long size = uint();
    if (size > remaining()) {
      throw new MalformedException("out of bounds: " + size + " of " + remaining() + " bytes");
    }
    return (int) size;
  }

  private String text(Charset charset) throws MalformedException {
    int size = length();
    at += size;
    return new String(bytes, at - size, size, charset);
  }

  private long littleEndian(int size) throws MalformedException {
    need(size);
    long value = 0;
    for (int index = size - 1; index >= 0; index--) {
      value = value << Byte.SIZE | (bytes[at + index] & 0xff);
    }
    at += size;
    return value;
  }

  private void need(int size) throws MalformedException {
    if (size > remaining()) {
      throw new MalformedException("out of bounds: " + size + " of " + remaining() + " bytes");
    }
  }

  private static long unZigZag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
