package cloud.bevy.hyper.core;

import java.util.ArrayList;
import java.util.List;

/// Blocks that follow one another.
///
/// @param from the first
/// @param to one past the last
record Extent(long from, long to) {
  /// Gathers single blocks into few extents.
  ///
  /// @param blocks in any order; neighbours in a row end up together
  static List<Extent> of(long[] blocks) {
    List<Extent> extents = new ArrayList<>();
    for (int at = 0; at < blocks.length; ) {
      int from = at++;
      while (at < blocks.length && blocks[at] == blocks[at - 1] + 1) {
        at++;
      }
      extents.add(new Extent(blocks[from], blocks[at - 1] + 1));
    }
    return extents;
  }
}
