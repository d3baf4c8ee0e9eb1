package cloud.bevy.foundation.base;

import java.security.SecureRandom;

/// The operating system's randomness. The default generator reads `/dev/urandom`, which does not
/// wait for entropy; only `generateSeed`, which nobody calls, would.
final class RealChance implements Chance {
  private final SecureRandom random = new SecureRandom();

  @Override
  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public int below(int bound) {
    return random.nextInt(bound);
  }
}
