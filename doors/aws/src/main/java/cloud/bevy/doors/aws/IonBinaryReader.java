package cloud.bevy.doors.aws;

import cloud.bevy.doors.aws.IonValue.Content;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads Amazon Ion in its binary encoding (Ion specification, "Ion 1.0 binary encoding"), one
/// value at the top after the other, of which each is in memory as a whole.
final class IonBinaryReader implements IonValue.Reader {
  /// The first byte of a stream.
  static final int FIRST = 0xe0;

  /// What stands for bytes that are only there to fill: a table of symbols that adds none.
  private static final IonValue PADDING =
      new IonValue(
          List.of(IonSymbols.TABLE),
          new Content.Struct(
              List.of(
                  new IonValue.Field(
                      "imports", new IonValue(List.of(), new Content.Symbol(IonSymbols.TABLE))))));

  private static final byte[] VERSION = {1, 0, (byte) 0xea};
  private static final int LONG = 14;
  private static final int NULL = 15;
  private static final int MOST_VAR_BITS = 35;
  private static final int LAST = 0x80;
  private static final int PAYLOAD = 0x7f;

  private final ByteFeed feed;
  private final IonSymbols symbols;

  /// The value at the top that is being read, and the place in it.
  private byte[] bytes = new byte[0];

  private int at;
  private IonLimits limits = new IonLimits();

  IonBinaryReader(ByteFeed feed, IonSymbols symbols) {
    this.feed = feed;
    this.symbols = symbols;
  }

  @Override
  public @Nullable IonValue next() throws IOException {
    int first = feed.peek();
    if (first < 0) {
      return null;
    }
    if (first == FIRST) {
      take(1 + VERSION.length);
      if (!Arrays.equals(bytes, 1, bytes.length, VERSION, 0, VERSION.length)) {
        throw new IonFault("it is of another version of Ion");
      }
      return IonRecords.VERSION;
    }
    takeValue();
    limits = new IonLimits();
    IonValue value = value(bytes.length);
    return value == null ? PADDING : value;
  }

  /// Takes so many bytes.
  private void take(int count) throws IOException {
    byte[] taken = new byte[count];
    for (int i = 0; i < count; i++) {
      int next = feed.next();
      if (next < 0) {
        throw new IonFault("a value ends too early");
      }
      taken[i] = (byte) next;
    }
    bytes = taken;
    at = 0;
  }

  /// Takes the value at the top with all that is in it.
  private void takeValue() throws IOException {
    int descriptor = feed.next();
    int low = descriptor & 0xf;
    byte[] head = {(byte) descriptor, 0, 0, 0, 0, 0};
    int used = 1;
    long length = low == NULL || descriptor >> 4 == 1 ? 0 : low;
    if (low == LONG || (descriptor >> 4 == 13 && low == 1)) {
      length = 0;
      int next;
      do {
        next = feed.next();
        if (next < 0 || used == head.length) {
          throw new IonFault("a length is too long");
        }
        head[used++] = (byte) next;
        length = (length << 7) | (next & PAYLOAD);
      } while ((next & LAST) == 0);
    }
    if (length > IonLimits.MOST_BYTES) {
      throw new IonFault("a value has more than " + IonLimits.MOST_BYTES + " bytes");
    }
    take((int) length);
    byte[] whole = Arrays.copyOf(head, used + bytes.length);
    System.arraycopy(bytes, 0, whole, used, bytes.length);
    bytes = whole;
  }

  private int one(int end) throws IonFault {
    if (at >= end) {
      throw new IonFault("a value ends too early");
    }
    return bytes[at++] & 0xff;
  }

  private long varUnsigned(int end) throws IonFault {
    long value = 0;
    for (int bits = 0; bits < MOST_VAR_BITS; bits += 7) {
      int next = one(end);
      value = (value << 7) | (next & PAYLOAD);
      if ((next & LAST) != 0) {
        return value;
      }
    }
    throw new IonFault("a number of the encoding is too large");
  }

  private int varSigned(int end) throws IonFault {
    int next = one(end);
    boolean negative = (next & 0x40) != 0;
    long value = next & 0x3f;
    for (int bits = 6; (next & LAST) == 0; bits += 7) {
      if (bits > 30) {
        throw new IonFault("an exponent is too large");
      }
      next = one(end);
      value = (value << 7) | (next & PAYLOAD);
    }
    if (value > Integer.MAX_VALUE) {
      throw new IonFault("an exponent is too large");
    }
    return (int) (negative ? -value : value);
  }

  private int length(int low, int end) throws IonFault {
    long length = low == LONG ? varUnsigned(end) : low;
    if (length > end - at) {
      throw new IonFault("a value is longer than what it is in");
    }
    return (int) length;
  }

  /// Reads a value; null for padding.
  private @Nullable IonValue value(int end) throws IonFault {
    int descriptor = one(end);
    int type = descriptor >> 4;
    int low = descriptor & 0xf;
    if (type == 14) {
      return annotated(low, end);
    }
    limits.enter();
    Content content = content(type, low, end);
    limits.leave();
    return content == null ? null : new IonValue(List.of(), content);
  }

  private IonValue annotated(int low, int end) throws IonFault {
    int length = length(low, end);
    int stop = at + length;
    int annotationsEnd = length(LONG, stop);
    annotationsEnd += at;
    List<String> annotations = new ArrayList<>();
    while (at < annotationsEnd) {
      annotations.add(symbols.text(varUnsigned(annotationsEnd)));
    }
    IonValue value = at < stop && (bytes[at] & 0xf0) != 0xe0 ? value(stop) : null;
    if (value == null || at != stop || annotations.isEmpty()) {
      throw new IonFault("an annotation is of no value");
    }
    return new IonValue(List.copyOf(annotations), value.content());
  }

  private @Nullable Content content(int type, int low, int end) throws IonFault {
    if (low == NULL) {
      return new Content.Null();
    }
    if (type == 1) {
      if (low > 1) {
        throw new IonFault("a truth value is none");
      }
      return new Content.Bool(low == 1);
    }
    int stop = length(type == 13 && low == 1 ? LONG : low, end) + at;
    Content content =
        switch (type) {
          case 2, 3 -> {
            BigInteger magnitude = new BigInteger(1, digits(stop));
            yield new Content.Numeric(new BigDecimal(type == 2 ? magnitude : magnitude.negate()));
          }
          case 4 -> new Content.Other("float");
          case 5 -> new Content.Numeric(decimal(stop));
          case 6 -> new Content.Other("timestamp");
          case 7 -> new Content.Symbol(symbols.text(new BigInteger(1, digits(stop)).longValue()));
          case 8 -> new Content.Text(text(stop));
          case 9 -> new Content.Other("clob");
          case 10 -> new Content.Blob(Arrays.copyOfRange(bytes, at, stop));
          case 11 -> new Content.Sequence(elements(stop));
          case 12 -> new Content.Other("expression");
          case 13 -> new Content.Struct(fields(stop));
          case 0 -> null;
          default -> throw new IonFault("a type is reserved");
        };
    at = stop;
    return content;
  }

  private byte[] digits(int stop) throws IonFault {
    IonLimits.checkDigits(stop - at);
    return Arrays.copyOfRange(bytes, at, stop);
  }

  private BigDecimal decimal(int stop) throws IonFault {
    if (at == stop) {
      return BigDecimal.ZERO;
    }
    int exponent = varSigned(stop);
    byte[] digits = digits(stop);
    boolean negative = digits.length > 0 && digits[0] < 0;
    if (negative) {
      digits[0] &= (byte) PAYLOAD;
    }
    BigInteger magnitude = new BigInteger(1, digits);
    return new BigDecimal(negative ? magnitude.negate() : magnitude, -exponent);
  }

  private String text(int stop) throws IonFault {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, at, stop - at))
          .toString();
    } catch (CharacterCodingException malformed) {
      throw new IonFault("a text is no UTF-8");
    }
  }

  private List<IonValue> elements(int stop) throws IonFault {
    List<IonValue> elements = new ArrayList<>();
    while (at < stop) {
      IonValue element = value(stop);
      if (element != null) {
        elements.add(element);
      }
    }
    return elements;
  }

  private List<IonValue.Field> fields(int stop) throws IonFault {
    List<IonValue.Field> fields = new ArrayList<>();
    while (at < stop) {
      long name = varUnsigned(stop);
      IonValue value = value(stop);
      if (value != null) {
        fields.add(new IonValue.Field(symbols.text(name), value));
      }
    }
    return fields;
  }
}
