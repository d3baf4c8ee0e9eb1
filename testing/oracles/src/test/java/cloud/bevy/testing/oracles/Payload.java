package cloud.bevy.testing.oracles;

import java.util.SplittableRandom;

/// What a number stands for: bytes that are the same whenever they are asked for. Most are small,
/// some are longer than a block, a few so long that they must arrive in more than one part.
final class Payload {
  /// The least that S3 takes for a part which is not the last.
  static final int PART_BYTES = 5 << 20;

  private static final int BLOCK_BYTES = 1 << 16;
  private static final int SMALL_BYTES = 1_000;
  private static final int LONG_ONE_IN = 32;

  private Payload() {}

  /// A number whose content is at most a few blocks long.
  static long number(SplittableRandom random) {
    return (random.nextLong() & ~0xffL) + (random.nextInt(LONG_ONE_IN) == 0 ? 1 : 0);
  }

  /// A number whose content is longer than a part.
  static long longNumber(SplittableRandom random) {
    return (random.nextLong() & ~0xffL) + 2;
  }

  /// The content of a number.
  static byte[] of(long number) {
    SplittableRandom random = new SplittableRandom(number);
    int least =
        switch ((int) number & 0xff) {
          case 0 -> 0;
          case 1 -> BLOCK_BYTES;
          default -> PART_BYTES;
        };
    byte[] bytes = new byte[least + random.nextInt(least == BLOCK_BYTES ? least : SMALL_BYTES)];
    random.nextBytes(bytes);
    return bytes;
  }
}
