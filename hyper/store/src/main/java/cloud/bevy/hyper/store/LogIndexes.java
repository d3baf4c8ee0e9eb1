package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What stands in for the indexes of sealed segments that are damaged: their logs say the same. An
/// index is checked as a whole only when what it says turned out to be wrong, or when it says that
/// something is not there and could be misled; then once.
final class LogIndexes {
  /// How many are kept: each takes some MiB, and a second to be made again.
  private static final int MOST = 4;

  private final Ground ground;
  private final Set<Integer> sound = ConcurrentHashMap.newKeySet();
  private final Map<Integer, LogIndex> made = new ConcurrentHashMap<>();

  LogIndexes(Ground ground) {
    this.ground = ground;
  }

  /// What stands in for a segment's index, where that is known to be damaged.
  @Nullable LogIndex known(int segment) {
    return made.isEmpty() ? null : made.get(segment);
  }

  /// What stands in for a segment's index, where that is damaged.
  ///
  /// @return nothing where it is what was written
  @Nullable LogIndex ifDamaged(int segment) throws IOException {
    LogIndex before = known(segment);
    if (before != null || sound.contains(segment)) {
      return before;
    }
    Ledger.Sealed sealed = sealed(segment);
    if (sealed == null) {
      return null;
    }
    try (OpenFiles.Use use = ground.files.use(ground.layout.segment(segment))) {
      if (isSound(use.file(), sealed)) {
        sound.add(segment);
        return null;
      }
      ground.damaged("segment " + segment + ": its index, instead of which its log is used,");
      LogIndex log = LogIndex.of(new SegmentScan(use.file(), ground.id, segment), sealed.indexAt);
      if (made.size() >= MOST) {
        made.clear();
      }
      made.put(segment, log);
      return log;
    }
  }

  private Ledger.@Nullable Sealed sealed(int segment) {
    ground.lock.lock();
    try {
      return ground.ledger.find(segment);
    } finally {
      ground.lock.unlock();
    }
  }

  private boolean isSound(DiskFile file, Ledger.Sealed sealed) throws IOException {
    if (file.size() < sealed.bytes) {
      return false;
    }
    SegmentScan.Met index = new SegmentScan(file, ground.id, sealed.number).frame(sealed.indexAt);
    return index != null && index.is(Frame.INDEX) && index.intact() && index.end() == sealed.bytes;
  }
}
