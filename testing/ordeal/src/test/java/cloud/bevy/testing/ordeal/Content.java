package cloud.bevy.testing.ordeal;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// Bytes that a number stands for, of very different sizes, so that what comes back can be checked
/// to the last byte.
final class Content {
  private static final int[] SIZES = {8, 100, 1024, 5_000, 65_536, 70_000, 300_000, 1_100_000};

  private Content() {}

  static byte[] of(long number) {
    SplittableRandom random = new SplittableRandom(number);
    byte[] bytes = new byte[SIZES[random.nextInt(SIZES.length)]];
    random.nextBytes(bytes);
    ByteBuffer.wrap(bytes).putLong(number);
    return bytes;
  }

  /// The number that some bytes begin with.
  static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
