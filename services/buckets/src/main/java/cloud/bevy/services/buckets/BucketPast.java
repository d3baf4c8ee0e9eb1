package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.store.Ticket;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What a bucket was: every version of its log can be looked at, listed, told of and restored. The
/// bytes of what was overwritten or deleted are kept for a [HistorySpan].
public final class BucketPast {
  private final Bucket bucket;
  private final BucketCores cores;

  BucketPast(Bucket bucket) {
    this.bucket = bucket;
    this.cores = bucket.cores();
  }

  /// The newest version of the log.
  public long newest() {
    return cores.drive().version();
  }

  /// Finds the version of the log that was the newest at a point in time.
  public ResolvedPoint find(PointInTime point) {
    return switch (point) {
      case PointInTime.At(Instant moment) -> at(moment);
      case PointInTime.Ago(var duration) -> at(now().minus(duration));
      case PointInTime.Version(long number) -> {
        Steps steps = Steps.of(cores.drive());
        yield number > steps.end()
            ? new ResolvedPoint.NotYet(steps.end())
            : new ResolvedPoint.Found(steps.whole(number));
      }
    };
  }

  private ResolvedPoint at(Instant moment) {
    Instant created = bucket.summary().created().truncatedTo(ChronoUnit.MILLIS);
    Steps steps = Steps.of(cores.drive());
    if (moment.isBefore(created)) {
      return new ResolvedPoint.TooEarly(created);
    }
    return moment.isAfter(now())
        ? new ResolvedPoint.NotYet(steps.end())
        : new ResolvedPoint.Found(steps.version(moment));
  }

  private Instant now() {
    return cores.cloud().world().time().now();
  }

  /// The bucket as it was.
  ///
  /// @param version that [#find] has found
  public PastBucket at(long version) {
    return new PastBucket(cores, version);
  }

  /// What was done to the bucket's objects, newest first.
  public HistoryPage history(HistoryQuery query) {
    return new HistoryReader(cores.drive(), query).read();
  }

  /// Makes the bucket's objects what they were, by new writes: what is there now becomes history
  /// that can be restored in turn. Objects that are as they were are left alone, so that a restore
  /// that was interrupted is completed by another one.
  ///
  /// @return nothing where the bucket is gone
  public Optional<RestoreReport> restore(RestorePlan plan) throws IOException {
    return new Restoration(bucket, bucket, plan).run();
  }

  /// Puts into another bucket of the same cloud what this one had; what else is there stays.
  ///
  /// @return nothing where one of the buckets is gone
  public Optional<RestoreReport> restore(RestorePlan plan, Bucket to) throws IOException {
    return new Restoration(bucket, to, plan).run();
  }

  /// How long the bytes of what was overwritten or deleted are kept.
  public HistorySpan span() {
    return HistorySpan.of(bucket.settings().find(Setting.HISTORY));
  }

  /// Sets how long, and gives back at once what is kept no longer.
  ///
  /// @return whether the bucket is there
  public boolean setSpan(HistorySpan span) {
    if (!bucket.settings().put(Setting.HISTORY, span.write())) {
      return false;
    }
    reclaim();
    return true;
  }

  /// Whether bytes are kept that no object has any more.
  boolean keeps() {
    BeeView steps = cores.drive().bee().now().sub(BucketCores.STEPS);
    Iterator<BeeEntry> last = steps.range(Range.all().reverse().limit(1));
    return last.hasNext() && StepRecord.read(last.next()).state().kept() > 0;
  }

  /// Gives back what is kept no longer. This happens with other changes of the bucket too, a little
  /// at a time.
  public void reclaim() {
    if (!cores.use().enter()) {
      return;
    }
    try {
      cores.reclaimable(Instant.MIN);
      List<Optional<BlobId>> retired;
      do {
        Ticket ticket;
        try (BucketBatch batch = cores.batch()) {
          retired = bucket.versions(batch).retired();
          ticket = batch.commit();
        }
        cores.cloud().durable(ticket);
        retired.forEach(cores::retire);
      } while (!retired.isEmpty() || !cores.reclaimable().isAfter(now()));
    } finally {
      cores.use().leave();
    }
  }
}
