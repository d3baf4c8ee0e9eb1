package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeChange;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.History;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.drive.Drive;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/// The batches that a bucket's log is made of: where each begins and ends, and when it was made.
/// Only versions between batches can be looked at.
final class Steps {
  /// The version of a bucket in which nothing has been done yet.
  static final long BEGINNING = 1;

  private final Bee bee;
  private final BeeView records;
  private final long end;

  private Steps(Bee bee) {
    this.bee = bee;
    BeeView now = bee.now();
    this.records = now.sub(BucketCores.STEPS);
    this.end = now.version();
  }

  /// The durable batches of a drive.
  static Steps of(Drive drive) {
    return new Steps(drive.bee());
  }

  /// A batch.
  ///
  /// @param first its first block, which is also the version before it
  /// @param end the version that it made
  /// @param at when that was
  record Step(long first, long end, Instant at) {}

  /// The newest version.
  long end() {
    return end;
  }

  /// The batch that a block belongs to.
  Step of(long block) {
    Iterator<BeeEntry> rows =
        records.range(Range.all().lte(StepRecord.key(block)).reverse().limit(1));
    if (rows.hasNext()) {
      BeeEntry row = rows.next();
      if (row.sequence() >= block) {
        return new Step(StepRecord.first(row), row.sequence() + 1, StepRecord.read(row).at());
      }
    }
    return new Step(block, block + 1, stored(block).orElse(Instant.EPOCH));
  }

  /// The version as which the bucket was left at a moment.
  long version(Instant at) {
    long low = BEGINNING;
    long high = end;
    while (low < high) {
      Step step = of(low + (high - low) / 2);
      if (step.at().isAfter(at)) {
        high = step.first();
      } else {
        low = step.end();
      }
    }
    return low;
  }

  /// The version itself, or the one before where it is in the middle of a batch.
  long whole(long version) {
    if (version <= BEGINNING) {
      return BEGINNING;
    }
    Step last = of(version - 1);
    return last.end() == version ? version : last.first();
  }

  /// When an object was stored that is a batch of its own.
  private Optional<Instant> stored(long block) {
    BeeChange change = bee.history(History.all().since(block).until(block + 1)).next();
    return change.kind() == BeeChange.Kind.PUT
        ? Drive.file(change.entry()).map(file -> BucketCores.object(file).modified())
        : Optional.empty();
  }
}
