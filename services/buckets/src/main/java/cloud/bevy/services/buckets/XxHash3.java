package cloud.bevy.services.buckets;

import java.nio.ByteBuffer;

/// XXH3 without a seed (the xxHash specification, "XXH3 algorithm description"), of 64 or of 128
/// bits. More than 240 bytes go through eight lanes, stripe by stripe; less is [XxHash3Short]'s.
final class XxHash3 implements ChecksumAlgorithm.Digest {
  private static final int STRIPE = 64;
  private static final int BLOCK = 1024;
  private static final int LANES = STRIPE / Long.BYTES;
  private static final long PRIME32_1 = 0x9e3779b1L;
  private static final long PRIME32_2 = 0x85ebca77L;
  private static final long PRIME32_3 = 0xc2b2ae3dL;

  private final boolean wide;
  private final long[] lanes = {
    PRIME32_3,
    XxHash64.PRIME_1,
    XxHash64.PRIME_2,
    XxHash64.PRIME_3,
    XxHash64.PRIME_4,
    PRIME32_2,
    XxHash64.PRIME_5,
    PRIME32_1
  };

  /// The block that is being filled. It is taken in when more bytes come, for the last stripe is
  /// another matter.
  private final byte[] block = new byte[BLOCK];

  /// The end of the block before, for a last stripe that begins in it.
  private final byte[] before = new byte[STRIPE];

  private int filled;
  private long length;

  /// @param wide whether the value has 128 bits
  XxHash3(boolean wide) {
    this.wide = wide;
  }

  @Override
  public void update(byte[] bytes, int offset, int size) {
    int at = offset;
    int end = offset + size;
    length += size;
    while (at < end) {
      if (filled == BLOCK) {
        takeBlock();
      }
      int taken = Math.min(BLOCK - filled, end - at);
      System.arraycopy(bytes, at, block, filled, taken);
      filled += taken;
      at += taken;
    }
  }

  @Override
  public byte[] value() {
    if (length <= XxHash3Short.LONGEST) {
      XxHash3Short all = new XxHash3Short(block, filled);
      return wide ? all.wide() : bytes(all.narrow());
    }
    for (int stripe = 0; stripe < (filled - 1) / STRIPE; stripe++) {
      take(block, stripe * STRIPE, stripe * Long.BYTES);
    }
    take(lastStripe(), 0, XxHash3Short.SECRET_SIZE - STRIPE - 7);
    long low = merged(11, length * XxHash64.PRIME_1);
    if (!wide) {
      return bytes(low);
    }
    long high = merged(XxHash3Short.SECRET_SIZE - STRIPE - 11, ~(length * XxHash64.PRIME_2));
    return bytes(high, low);
  }

  private void takeBlock() {
    for (int stripe = 0; stripe < BLOCK / STRIPE; stripe++) {
      take(block, stripe * STRIPE, stripe * Long.BYTES);
    }
    for (int lane = 0; lane < LANES; lane++) {
      long mixed = lanes[lane] ^ lanes[lane] >>> 47;
      int secret = XxHash3Short.SECRET_SIZE - STRIPE + lane * Long.BYTES;
      lanes[lane] = (mixed ^ XxHash3Short.secret(secret)) * PRIME32_1;
    }
    System.arraycopy(block, BLOCK - STRIPE, before, 0, STRIPE);
    filled = 0;
  }

  private void take(byte[] bytes, int at, int secret) {
    for (int lane = 0; lane < LANES; lane++) {
      long word = XxHash3Short.word(bytes, at + lane * Long.BYTES);
      long keyed = word ^ XxHash3Short.secret(secret + lane * Long.BYTES);
      lanes[lane ^ 1] += word;
      lanes[lane] += (keyed & 0xffffffffL) * (keyed >>> 32);
    }
  }

  private byte[] lastStripe() {
    byte[] last = new byte[STRIPE];
    int fromBlock = Math.min(STRIPE, filled);
    System.arraycopy(before, fromBlock, last, 0, STRIPE - fromBlock);
    System.arraycopy(block, filled - fromBlock, last, STRIPE - fromBlock, fromBlock);
    return last;
  }

  private long merged(int secret, long start) {
    long hash = start;
    for (int lane = 0; lane < LANES; lane += 2) {
      int at = secret + lane * Long.BYTES;
      hash +=
          XxHash3Short.folded(
              lanes[lane] ^ XxHash3Short.secret(at),
              lanes[lane + 1] ^ XxHash3Short.secret(at + Long.BYTES));
    }
    return XxHash3Short.avalanche(hash);
  }

  /// Big endian, one behind the other.
  static byte[] bytes(long... words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    for (long word : words) {
      bytes.putLong(word);
    }
    return bytes.array();
  }
}
