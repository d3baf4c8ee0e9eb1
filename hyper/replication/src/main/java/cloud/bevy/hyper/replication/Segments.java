package cloud.bevy.hyper.replication;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Of which segments a peer was asked to tell what it has. JavaScript peers expect whole segments
/// of 2^21 blocks, and not too many.
final class Segments {
  /// How many blocks a segment has.
  static final long BLOCKS = RemoteWants.LONGEST;

  /// The most segments that a peer keeps count of.
  static final int MOST = RemoteWants.MOST;

  private final Set<Long> wanted = new LinkedHashSet<>();

  /// The segment of a block.
  static long of(long block) {
    return block / BLOCKS;
  }

  /// Whether the segment is still to be asked for.
  boolean add(long segment) {
    return wanted.add(segment);
  }

  /// The oldest segment, taken out where there are too many.
  Optional<Long> excess() {
    if (wanted.size() <= MOST) {
      return Optional.empty();
    }
    Long oldest = wanted.iterator().next();
    wanted.remove(oldest);
    return Optional.of(oldest);
  }
}
