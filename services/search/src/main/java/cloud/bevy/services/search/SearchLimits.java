package cloud.bevy.services.search;

import java.time.Duration;

/// What the indexes of a machine may use.
///
/// @param open how many of them are open at most; the others are closed until they are asked
/// @param buffer the memory, in bytes, that each of these may gather new documents in
/// @param patience how long a search waits for the index to reach the table
/// @param time how long a search looks; then it answers with what it has found
/// @param mapped whether files are read as memory of the system: only on a real disk
public record SearchLimits(int open, int buffer, Duration patience, Duration time, boolean mapped) {
  private static final int DEFAULT_OPEN = 8;
  private static final int DEFAULT_BUFFER = 8 << 20;
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);
  private static final Duration DEFAULT_TIME = Duration.ofSeconds(10);

  /// @throws IllegalArgumentException if a limit is not positive
  public SearchLimits {
    if (open < 1 || buffer < 1 << 20 || !patience.isPositive() || !time.isPositive()) {
      throw new IllegalArgumentException("limits are positive, buffers a mebibyte or more");
    }
  }

  /// How many indexes follow at the same time by themselves: half of the processors do.
  int pursuits() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /// The limits that fit a laptop and a small server alike.
  public static SearchLimits defaults() {
    return new SearchLimits(DEFAULT_OPEN, DEFAULT_BUFFER, DEFAULT_PATIENCE, DEFAULT_TIME, true);
  }

  /// The same for a disk that is not that of the system.
  public SearchLimits notMapped() {
    return new SearchLimits(open, buffer, patience, time, false);
  }
}
