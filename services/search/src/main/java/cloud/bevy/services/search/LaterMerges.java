package cloud.bevy.services.search;

import java.io.IOException;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeScheduler;
import org.apache.lucene.index.MergeTrigger;
import org.jspecify.annotations.Nullable;

/// Merges segments when it is told to, and in the task that tells it: a search does not wait for a
/// merge, and there is no thread for them.
final class LaterMerges extends MergeScheduler {
  private volatile @Nullable MergeSource waiting;

  @Override
  public void merge(MergeSource source, MergeTrigger trigger) {
    if (source.hasPendingMerges()) {
      waiting = source;
    }
  }

  /// Whether there is something to merge.
  boolean pending() {
    MergeSource source = waiting;
    return source != null && source.hasPendingMerges();
  }

  /// Merges what waits.
  void run() throws IOException {
    MergeSource source = waiting;
    if (source == null) {
      return;
    }
    MergePolicy.OneMerge next = source.getNextMerge();
    while (next != null) {
      source.merge(next);
      next = source.getNextMerge();
    }
    waiting = null;
  }

  @Override
  public void close() {}
}
