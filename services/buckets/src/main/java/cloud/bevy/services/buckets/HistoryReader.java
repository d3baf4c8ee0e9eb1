package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeChange;
import cloud.bevy.hyper.bee.History;
import cloud.bevy.hyper.drive.Drive;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Goes back through a bucket's log, block by block.
final class HistoryReader {
  /// How many blocks are looked at for one page: those of other keys are not told of.
  private static final int MOST_BLOCKS = 50_000;

  private final Drive drive;
  private final Steps steps;
  private final HistoryQuery query;

  HistoryReader(Drive drive, HistoryQuery query) {
    this.drive = drive;
    this.steps = Steps.of(drive);
    this.query = query;
  }

  HistoryPage read() {
    List<HistoryEntry> entries = new ArrayList<>();
    long block = Math.min(query.before(), steps.end());
    Iterator<BeeChange> changes = drive.bee().history(History.all().until(block).reverse());
    Optional<Steps.Step> step = Optional.empty();
    for (int looked = 0; looked < MOST_BLOCKS && changes.hasNext(); looked++) {
      if (entries.size() == query.limit()) {
        return new HistoryPage(entries, OptionalLong.of(block));
      }
      BeeChange change = changes.next();
      block = change.entry().sequence();
      if (step.isEmpty() || block < step.get().first()) {
        step = Optional.of(steps.of(block));
      }
      if (step.get().at().isBefore(query.since())) {
        return new HistoryPage(entries, OptionalLong.empty());
      }
      entry(change, step.get()).ifPresent(entries::add);
    }
    return new HistoryPage(
        entries, changes.hasNext() ? OptionalLong.of(block) : OptionalLong.empty());
  }

  private Optional<HistoryEntry> entry(BeeChange change, Steps.Step step) {
    return Drive.path(change.entry())
        .map(path -> path.substring(1))
        .filter(key -> key.startsWith(query.prefix()))
        .map(ObjectKey::new)
        .map(key -> entry(change, step, key));
  }

  private static HistoryEntry entry(BeeChange change, Steps.Step step, ObjectKey key) {
    if (change.kind() == BeeChange.Kind.DELETE) {
      return new HistoryEntry(
          step.first(), step.end(), step.at(), HistoryEntry.Kind.DELETE, key, 0);
    }
    StoredObject object = BucketCores.object(Drive.file(change.entry()).orElseThrow());
    boolean fresh = object.modified().truncatedTo(ChronoUnit.MILLIS).equals(step.at());
    HistoryEntry.Kind kind = fresh ? HistoryEntry.Kind.PUT : HistoryEntry.Kind.CHANGE;
    return new HistoryEntry(step.first(), step.end(), step.at(), kind, key, object.size());
  }
}
