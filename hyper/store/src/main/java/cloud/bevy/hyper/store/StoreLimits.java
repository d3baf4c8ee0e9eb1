package cloud.bevy.hyper.store;

import java.time.Duration;

/// How much of everything a store takes.
///
/// @param segmentBytes a segment is sealed when it has this many bytes
/// @param segmentEntries a segment is sealed when this many blocks and tree nodes are indexed in
///   memory (8 bytes each, 32 where they are scattered)
/// @param queuedBytes how much may wait for the disk before [Store#submit] waits as well
/// @param openFiles how many sealed segments are kept open for reading
/// @param awakeCores how many cores that nobody has written to since the last checkpoint are kept
///   in memory
/// @param patience how long [Store#submit] waits for room in the queue
public record StoreLimits(
    long segmentBytes,
    int segmentEntries,
    long queuedBytes,
    int openFiles,
    int awakeCores,
    Duration patience) {
  private static final long MINIMUM_SEGMENT = 1 << 10;
  private static final long MAXIMUM_SEGMENT = 1 << 29;
  private static final long MAXIMUM_QUEUED = 1 << 28;

  /// Checks that every limit can be kept.
  public StoreLimits {
    check("segmentBytes", segmentBytes, MINIMUM_SEGMENT, MAXIMUM_SEGMENT);
    check("segmentEntries", segmentEntries, 1, 1 << 24);
    check("queuedBytes", queuedBytes, 1, MAXIMUM_QUEUED);
    check("openFiles", openFiles, 1, 1 << 16);
    check("awakeCores", awakeCores, 1, 1 << 24);
  }

  /// The limits that suit a laptop and a server alike.
  public static StoreLimits defaults() {
    return new StoreLimits(64 << 20, 400_000, 32 << 20, 64, 2048, Duration.ofSeconds(30));
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ": choose between " + least + " and " + most);
    }
  }
}
