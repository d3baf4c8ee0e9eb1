package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.FlatTree;
import java.util.HashSet;
import java.util.Set;

/// The tree nodes that will be here once a peer has answered what it was asked: what makes most
/// proofs one node long when blocks are asked for in a row. Belongs to one task.
final class Ahead {
  /// The most nodes that are kept in mind.
  static final int MOST = 1 << 16;

  private final Set<Long> nodes = new HashSet<>();

  /// How many levels are to be asked for, given that `missing` are not here yet.
  long levels(long block, long missing) {
    long at = 2 * block;
    for (long level = 0; level < missing; level++) {
      if (nodes.contains(at)) {
        expect(block, level);
        return level;
      }
      at = FlatTree.parent(at);
    }
    expect(block, missing);
    return missing;
  }

  private void expect(long block, long levels) {
    if (nodes.size() > MOST) {
      nodes.clear();
    }
    long at = 2 * block;
    for (long level = 0; level < levels; level++) {
      nodes.add(at);
      nodes.add(FlatTree.sibling(at));
      at = FlatTree.parent(at);
    }
  }

  /// Forgets what was expected: something has not come.
  void clear() {
    nodes.clear();
  }
}
