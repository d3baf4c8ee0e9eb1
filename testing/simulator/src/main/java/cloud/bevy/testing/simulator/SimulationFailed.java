package cloud.bevy.testing.simulator;

import org.jspecify.annotations.Nullable;

/// A simulation that did not end well: says the seed, the step, and how to see it again.
public final class SimulationFailed extends AssertionError {
  private static final long serialVersionUID = 1;

  private final long seed;

  SimulationFailed(long seed, String report, @Nullable Throwable cause) {
    super(report, cause);
    this.seed = seed;
  }

  /// The seed that fails.
  public long seed() {
    return seed;
  }
}
