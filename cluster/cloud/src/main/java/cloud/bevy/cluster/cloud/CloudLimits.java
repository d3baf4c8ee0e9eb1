package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.store.StoreLimits;
import java.time.Duration;

/// What the clouds of a machine may use.
///
/// @param idle how long a cloud that nobody uses stays open
/// @param durability how long a write waits for the disk before it is given up
/// @param cacheBytes the memory that all clouds together keep decoded tree nodes in
/// @param store the limits of the machine's store
public record CloudLimits(Duration idle, Duration durability, long cacheBytes, StoreLimits store) {
  private static final Duration DEFAULT_IDLE = Duration.ofSeconds(10);
  private static final Duration DEFAULT_DURABILITY = Duration.ofSeconds(30);
  private static final long DEFAULT_CACHE_BYTES = 64L << 20;

  /// The limits that fit a laptop and a small server alike.
  public static CloudLimits defaults() {
    return new CloudLimits(
        DEFAULT_IDLE, DEFAULT_DURABILITY, DEFAULT_CACHE_BYTES, StoreLimits.defaults());
  }

  /// @throws IllegalArgumentException if a limit is not positive
  public CloudLimits {
    if (!idle.isPositive() || !durability.isPositive() || cacheBytes <= 0) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
