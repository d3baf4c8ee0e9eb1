package cloud.bevy.hyper.core;

import java.util.ArrayDeque;
import java.util.Deque;

/// Where a core was cut lately: each cut begins an era. Guarded by the tail that holds it.
final class Cuts {
  /// How many are remembered. Of eras before them nothing counts as left.
  static final int MOST = 64;

  private final Deque<Cut> cuts = new ArrayDeque<>();
  private long era;

  private record Cut(long era, long length) {}

  /// The era that began with the latest cut.
  long era() {
    return era;
  }

  /// Begins an era.
  ///
  /// @param length how many blocks stay as they were
  void note(long length) {
    cuts.add(new Cut(++era, length));
    if (cuts.size() > MOST) {
      cuts.remove();
    }
  }

  /// How many blocks are the same in all eras since that one.
  long common(long since) {
    long common = since < era - cuts.size() ? 0 : Long.MAX_VALUE;
    for (Cut cut : cuts) {
      common = cut.era > since ? Math.min(common, cut.length) : common;
    }
    return common;
  }
}
