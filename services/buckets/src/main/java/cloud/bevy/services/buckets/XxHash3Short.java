package cloud.bevy.services.buckets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// XXH3 of at most 240 bytes, which has a way of its own for each range of lengths.
///
/// @param length how many bytes of the array count
record XxHash3Short(byte[] bytes, int length) {
  /// The most bytes it is for.
  static final int LONGEST = 240;

  /// How many bytes the default secret has.
  static final int SECRET_SIZE = 192;

  private static final int MIDDLE = 128;
  private static final long MIXER = 0x9fb21c651e98df25L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /// The default secret of the specification.
  private static final byte[] SECRET =
      HexFormat.of()
          .parseHex(
              "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
                  + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
                  + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                  + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
                  + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
                  + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");

  /// The value of 64 bits.
  long narrow() {
    if (length > MIDDLE) {
      return narrowLong();
    }
    if (length > 16) {
      return narrowMiddle();
    }
    if (length > 8) {
      long low = word(0) ^ secret(24) ^ secret(32);
      long high = word(length - 8) ^ secret(40) ^ secret(48);
      return avalanche(length + Long.reverseBytes(low) + high + folded(low, high));
    }
    if (length >= 4) {
      long both = half(length - 4) + (half(0) << 32);
      long keyed = both ^ secret(8) ^ secret(16);
      keyed ^= Long.rotateLeft(keyed, 49) ^ Long.rotateLeft(keyed, 24);
      keyed *= MIXER;
      keyed = (keyed ^ (keyed >>> 35) + length) * MIXER;
      return keyed ^ keyed >>> 28;
    }
    if (length > 0) {
      return XxHash64.avalanche((few() & 0xffffffffL) ^ secretHalf(0) ^ secretHalf(4));
    }
    return XxHash64.avalanche(secret(56) ^ secret(64));
  }

  /// The value of 128 bits, big endian.
  byte[] wide() {
    if (length > 16) {
      return length > MIDDLE ? wideLong() : wideMiddle();
    }
    if (length > 8) {
      return wideOfNine();
    }
    if (length >= 4) {
      return wideOfFour();
    }
    if (length > 0) {
      int few = few();
      int turned = Integer.rotateLeft(Integer.reverseBytes(few), 13);
      long low = (few & 0xffffffffL) ^ secretHalf(0) ^ secretHalf(4);
      long high = (turned & 0xffffffffL) ^ secretHalf(8) ^ secretHalf(12);
      return XxHash3.bytes(XxHash64.avalanche(high), XxHash64.avalanche(low));
    }
    return XxHash3.bytes(
        XxHash64.avalanche(secret(80) ^ secret(88)), XxHash64.avalanche(secret(64) ^ secret(72)));
  }

  /// Eight bytes.
  static long word(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /// Eight bytes of the secret.
  static long secret(int at) {
    return (long) LONGS.get(SECRET, at);
  }

  /// The two halves of a product, one over the other.
  static long folded(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }

  /// Spreads each bit over all others.
  static long avalanche(long hash) {
    long mixed = (hash ^ hash >>> 37) * 0x165667919e3779f9L;
    return mixed ^ mixed >>> 32;
  }

  private long narrowMiddle() {
    long hash = length * XxHash64.PRIME_1;
    for (int pair = (length - 1) / 32; pair >= 0; pair--) {
      hash += mixed(16 * pair, 32 * pair);
      hash += mixed(length - 16 * (pair + 1), 32 * pair + 16);
    }
    return avalanche(hash);
  }

  private long narrowLong() {
    long hash = length * XxHash64.PRIME_1;
    for (int at = 0; at < MIDDLE; at += 16) {
      hash += mixed(at, at);
    }
    hash = avalanche(hash);
    for (int at = MIDDLE; at <= length - 16; at += 16) {
      hash += mixed(at, at - MIDDLE + 3);
    }
    return avalanche(hash + mixed(length - 16, 119));
  }

  private byte[] wideOfFour() {
    long both = half(0) + (half(length - 4) << 32);
    long keyed = both ^ secret(16) ^ secret(24);
    long factor = XxHash64.PRIME_1 + ((long) length << 2);
    long low = keyed * factor;
    long high = Math.unsignedMultiplyHigh(keyed, factor) + (low << 1);
    low ^= high >>> 3;
    low = (low ^ low >>> 35) * MIXER;
    return XxHash3.bytes(avalanche(high), low ^ low >>> 28);
  }

  private byte[] wideOfNine() {
    long first = word(0);
    long last = word(length - 8);
    long keyed = first ^ last ^ secret(32) ^ secret(40);
    long low = keyed * XxHash64.PRIME_1 + ((long) (length - 1) << 54);
    last ^= secret(48) ^ secret(56);
    long high =
        Math.unsignedMultiplyHigh(keyed, XxHash64.PRIME_1)
            + last
            + (last & 0xffffffffL) * 0x85ebca76L;
    low ^= Long.reverseBytes(high);
    long above = Math.unsignedMultiplyHigh(low, XxHash64.PRIME_2) + high * XxHash64.PRIME_2;
    return XxHash3.bytes(avalanche(above), avalanche(low * XxHash64.PRIME_2));
  }

  private byte[] wideMiddle() {
    Wide hash = new Wide(length * XxHash64.PRIME_1, 0);
    for (int pair = (length - 1) / 32; pair >= 0; pair--) {
      hash = hash.with(this, 16 * pair, length - 16 * (pair + 1), 32 * pair);
    }
    return hash.end(length);
  }

  private byte[] wideLong() {
    Wide hash = new Wide(length * XxHash64.PRIME_1, 0);
    for (int at = 0; at < MIDDLE; at += 32) {
      hash = hash.with(this, at, at + 16, at);
    }
    hash = new Wide(avalanche(hash.low), avalanche(hash.high));
    for (int at = MIDDLE; at <= length - 32; at += 32) {
      hash = hash.with(this, at, at + 16, at - MIDDLE + 3);
    }
    return hash.with(this, length - 16, length - 32, 103).end(length);
  }

  /// Two sums that each see what the other takes in.
  private record Wide(long low, long high) {
    Wide with(XxHash3Short of, int first, int second, int secret) {
      return new Wide(
          low + of.mixed(first, secret) ^ of.word(second) + of.word(second + 8),
          high + of.mixed(second, secret + 16) ^ of.word(first) + of.word(first + 8));
    }

    byte[] end(long length) {
      long above = low * XxHash64.PRIME_1 + high * XxHash64.PRIME_4 + length * XxHash64.PRIME_2;
      return XxHash3.bytes(-avalanche(above), avalanche(low + high));
    }
  }

  private long mixed(int at, int secret) {
    return folded(word(at) ^ secret(secret), word(at + 8) ^ secret(secret + 8));
  }

  private int few() {
    int first = bytes[0] & 0xff;
    int middle = bytes[length >> 1] & 0xff;
    int last = bytes[length - 1] & 0xff;
    return first << 16 | middle << 24 | last | length << 8;
  }

  private long word(int at) {
    return word(bytes, at);
  }

  private long half(int at) {
    return (int) INTS.get(bytes, at) & 0xffffffffL;
  }

  private static long secretHalf(int at) {
    return (int) INTS.get(SECRET, at) & 0xffffffffL;
  }
}
