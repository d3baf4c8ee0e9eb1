package cloud.bevy.hyper.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes keys whose bytes sort as their parts do: npm's `index-encoder`.
public final class IndexEncoder {
  /// Sorts behind every number.
  public static final long INFINITY = Long.MAX_VALUE;

  static final int TWO_BYTES = 0xfc;
  static final int FOUR_BYTES = 0xfd;
  static final int EIGHT_BYTES = 0xfe;
  static final int INFINITE = 0xff;
  static final int END = 0x01;
  static final int ZERO = 0x02;

  private final Encoder encoder = new Encoder();

  /// An empty key.
  public IndexEncoder() {}

  /// Adds a number of at most 2^53 - 1, or [#INFINITY].
  public IndexEncoder uint(long value) {
    if (value == INFINITY) {
      encoder.uint8(INFINITE);
    } else if (value >= 0 && value < TWO_BYTES) {
      encoder.uint8((int) value);
    } else if (value >= 0 && value <= 0xffff) {
      encoder.uint8(TWO_BYTES).uint8((int) value >>> 8).uint8((int) value & 0xff);
    } else if (value >= 0 && value <= 0xffffffffL) {
      encoder.uint8(FOUR_BYTES).uint32be(value);
    } else {
      encoder.uint8(EIGHT_BYTES).uint64be(value);
    }
    return this;
  }

  /// Adds a text.
  public IndexEncoder string(String text) {
    return buffer(Text.utf8(text));
  }

  /// Adds bytes.
  public IndexEncoder buffer(byte[] bytes) {
    encoder.uint8(0);
    for (byte value : bytes) {
      encoder.littleEndian(value, 1);
      if (value == 0) {
        encoder.uint8(ZERO);
      }
    }
    encoder.uint8(0).uint8(END);
    return this;
  }

  /// The key.
  public byte[] bytes() {
    return encoder.bytes();
  }

  /// Reads keys back.
  public static final class Parts {
    private final Decoder decoder;

    /// Reads all of a key.
    public Parts(byte[] key) {
      decoder = new Decoder(key.clone());
    }

    /// How many bytes are still to be read.
    public int remaining() {
      return decoder.remaining();
    }

    /// Reads a number, or [#INFINITY].
    public long uint() throws MalformedException {
      int first = decoder.uint8();
      return switch (first) {
        case TWO_BYTES -> (long) decoder.uint8() << 8 | decoder.uint8();
        case FOUR_BYTES -> decoder.uint32be();
        case EIGHT_BYTES -> decoder.uint64be();
        case INFINITE -> INFINITY;
        default -> first;
      };
    }

    /// Reads a text.
    public String string() throws MalformedException {
      return new String(buffer(), StandardCharsets.UTF_8);
    }

    /// Reads bytes.
    public byte[] buffer() throws MalformedException {
      if (decoder.uint8() != 0) {
        throw new MalformedException("a string starts with a zero");
      }
      byte[] bytes = new byte[decoder.remaining()];
      int size = 0;
      while (true) {
        int value = decoder.uint8();
        int mark = value == 0 ? decoder.uint8() : ZERO;
        if (mark == END) {
          return Arrays.copyOf(bytes, size);
        }
        if (mark != ZERO) {
          throw new MalformedException("a zero in a string is followed by 1 or 2");
        }
        bytes[size++] = (byte) value;
      }
    }
  }
}
