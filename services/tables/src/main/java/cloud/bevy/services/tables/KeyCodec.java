package cloud.bevy.services.tables;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Keys of items as keys of a bee, in an order in which one partition is one range, sorted by its
/// sort key, and a segment of a parallel scan is one range too.
///
/// The bytes are: four of hash, the partition key so that its end can be seen, the sort key. The
/// page `docs/formats/table.md` has them all.
final class KeyCodec {
  static final int HASH_BYTES = 4;

  private static final int ESCAPE = 0x00;
  private static final int ESCAPED_ZERO = 0xFF;
  private static final int END = 0x01;
  private static final int NEGATIVE = 0x40;
  private static final int ZERO = 0x80;
  private static final int POSITIVE = 0xC0;
  private static final int INVERTED = 0xFF;

  private KeyCodec() {}

  /// The bee key of the item that `key` names.
  static byte[] encode(Key key) {
    byte[] prefix = partition(key.partition());
    return key.sort() == null ? prefix : join(prefix, sort(key.sort()));
  }

  /// What the bee keys of all items with this partition key begin with, and no others do.
  static byte[] partition(AttributeValue value) {
    return partition(List.of(value));
  }

  /// The same for a partition key that consists of several attributes.
  static byte[] partition(List<AttributeValue> values) {
    byte[] encoded = enclosed(values);
    return join(hash(encoded), encoded);
  }

  /// The key of an index's entry for an item: the index's key, then that of the item in the bee.
  ///
  /// @param item one that has all attributes of the index's key
  static byte[] entry(KeySchema index, Item item, byte[] itemKey) {
    byte[] entry = partition(values(item, index.partitions()));
    return join(join(entry, enclosed(values(item, index.sorts()))), itemKey);
  }

  /// The key of the item that an index's entry is for.
  static byte[] itemKey(KeySchema index, byte[] entry) {
    ByteBuffer in = ByteBuffer.wrap(entry).position(HASH_BYTES);
    index.attributes().forEach(attribute -> skip(attribute, in));
    return rest(in);
  }

  /// The key of the item that an entry of [TimeToLive] is for.
  static byte[] expiringKey(byte[] entry) {
    ByteBuffer in = ByteBuffer.wrap(entry);
    number(in);
    return rest(in);
  }

  private static byte[] rest(ByteBuffer in) {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }

  private static void skip(KeyAttribute attribute, ByteBuffer in) {
    if (attribute.type() == KeyType.N) {
      number(in);
    } else {
      unescaped(in);
    }
  }

  private static List<AttributeValue> values(Item item, List<KeyAttribute> attributes) {
    return attributes.stream()
        .map(each -> Objects.requireNonNull(item.get(each.name()), each.name()))
        .toList();
  }

  /// The values of several attributes, one after the other.
  static byte[] enclosed(List<AttributeValue> values) {
    byte[] all = {};
    for (AttributeValue value : values) {
      all = join(all, enclosed(value));
    }
    return all;
  }

  /// A sort key's bytes where something follows them.
  static byte[] enclosed(AttributeValue value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (value) {
      case AttributeValue.S(String text) -> escaped(out, text.getBytes(StandardCharsets.UTF_8));
      case AttributeValue.B(Binary bytes) -> escaped(out, bytes.shared());
      case AttributeValue.N(Decimal number) -> number(out, number);
      default -> throw notAKey(value);
    }
    return out.toByteArray();
  }

  /// What all enclosed sort keys begin with that begin with these bytes or this string.
  static byte[] begun(AttributeValue prefix) {
    byte[] enclosed = enclosed(prefix);
    return Arrays.copyOf(enclosed, enclosed.length - 2);
  }

  /// A sort key's bytes. They are the last of a bee key, so strings and bytes stand as they are.
  static byte[] sort(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> text.getBytes(StandardCharsets.UTF_8);
      case AttributeValue.B(Binary bytes) -> bytes.bytes();
      case AttributeValue.N(Decimal number) -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, number);
        yield out.toByteArray();
      }
      default -> throw notAKey(value);
    };
  }

  /// The key that `bytes` encode.
  ///
  /// @throws IllegalArgumentException if they are not a key of this schema
  static Key decode(KeySchema schema, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(HASH_BYTES);
    AttributeValue partition =
        switch (schema.partition().type()) {
          case S -> new AttributeValue.S(new String(unescaped(in), StandardCharsets.UTF_8));
          case B -> new AttributeValue.B(Binary.of(unescaped(in)));
          case N -> new AttributeValue.N(number(in));
        };
    KeyAttribute sort = schema.sort();
    return new Key(partition, sort == null ? null : decodeSort(sort.type(), in));
  }

  /// Where segment `segment` of `total` begins: the first four bytes of its first key. Null for the
  /// end of the last.
  static byte @Nullable [] boundary(int segment, int total) {
    if (segment == total) {
      return null;
    }
    long hash = (segment * (1L << Integer.SIZE) + total - 1) / total;
    return ByteBuffer.allocate(HASH_BYTES).putInt((int) hash).array();
  }

  /// `first` and `second`, one after the other.
  static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private static AttributeValue decodeSort(KeyType type, ByteBuffer in) {
    if (type == KeyType.N) {
      return new AttributeValue.N(number(in));
    }
    byte[] rest = rest(in);
    return type == KeyType.S
        ? new AttributeValue.S(new String(rest, StandardCharsets.UTF_8))
        : new AttributeValue.B(Binary.of(rest));
  }

  private static byte[] hash(byte[] encoded) {
    CRC32C checksum = new CRC32C();
    checksum.update(encoded, 0, encoded.length);
    return ByteBuffer.allocate(HASH_BYTES).putInt((int) checksum.getValue()).array();
  }

  private static void escaped(ByteArrayOutputStream out, byte[] bytes) {
    for (byte b : bytes) {
      out.write(b);
      if (b == ESCAPE) {
        out.write(ESCAPED_ZERO);
      }
    }
    out.write(ESCAPE);
    out.write(END);
  }

  private static byte[] unescaped(ByteBuffer in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (true) {
      byte b = in.get();
      if (b == ESCAPE && Byte.toUnsignedInt(in.get()) == END) {
        return out.toByteArray();
      }
      out.write(b);
    }
  }

  /// A sign, the exponent, the digits in pairs, an end; all but the sign inverted when negative.
  private static void number(ByteArrayOutputStream out, Decimal number) {
    int sign = number.value().signum();
    if (sign == 0) {
      out.write(ZERO);
      return;
    }
    int flip = sign < 0 ? INVERTED : 0;
    out.write(sign < 0 ? NEGATIVE : POSITIVE);
    out.write((number.exponent() - Decimal.MINIMUM_EXPONENT) ^ flip);
    String digits = number.digits();
    for (int at = 0; at < digits.length(); at += 2) {
      int tens = digits.charAt(at) - '0';
      int ones = at + 1 < digits.length() ? digits.charAt(at + 1) - '0' : 0;
      out.write((tens * 10 + ones + 1) ^ flip);
    }
    out.write(flip);
  }

  private static Decimal number(ByteBuffer in) {
    int sign = Byte.toUnsignedInt(in.get());
    if (sign == ZERO) {
      return Decimal.ZERO;
    }
    int flip = sign == NEGATIVE ? INVERTED : 0;
    int exponent = (Byte.toUnsignedInt(in.get()) ^ flip) + Decimal.MINIMUM_EXPONENT;
    BigInteger digits = BigInteger.ZERO;
    int count = 0;
    for (int pair = next(in, flip); pair != 0; pair = next(in, flip)) {
      digits = digits.multiply(BigInteger.valueOf(100)).add(BigInteger.valueOf(pair - 1L));
      count += 2;
    }
    BigDecimal magnitude = new BigDecimal(digits, count - 1 - exponent);
    return Decimal.of(sign == NEGATIVE ? magnitude.negate() : magnitude);
  }

  private static int next(ByteBuffer in, int flip) {
    return Byte.toUnsignedInt(in.get()) ^ flip;
  }

  private static IllegalArgumentException notAKey(AttributeValue value) {
    return new IllegalArgumentException("a key attribute cannot be of type " + value.type());
  }
}
