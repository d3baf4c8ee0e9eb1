package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Chance;
import java.util.SplittableRandom;

/// Randomness that a seed decides.
final class SimulatedChance implements Chance {
  private final SplittableRandom random;

  SimulatedChance(SplittableRandom random) {
    this.random = random;
  }

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
