package cloud.bevy.testing.oracles;

import java.util.List;
import java.util.SplittableRandom;

/// Chance for generators, repeatable by its seed.
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /// A number from 0 to below `bound`.
  int below(int bound) {
    return random.nextInt(bound);
  }

  /// Whether something happens that happens once in `times` times.
  boolean oneIn(int times) {
    return below(times) == 0;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}
