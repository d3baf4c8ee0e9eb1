package cloud.bevy.services.buckets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Goes once through all of a bucket that its lifecycle is for, and does what is due. It reads the
/// bucket as it was when it began, in constant memory and without keeping anybody from it, and
/// takes the steps some at a time ([LifecycleTurn]). Whenever it ends, what it did is whole, and
/// what it did not do is due the next time.
final class LifecycleSweep {
  /// How many steps are taken in one turn.
  private static final int STEPS = 64;

  private final Bucket bucket;
  private final BucketCores cores;
  private final BooleanSupplier stopping;
  private final Instant now;
  private final List<LifecycleStep> steps = new ArrayList<>();
  private LifecycleConfiguration lifecycle = LifecycleConfiguration.NONE;
  private Optional<Instant> next = Optional.empty();

  LifecycleSweep(Bucket bucket, BooleanSupplier stopping) {
    this.bucket = bucket;
    this.cores = bucket.cores();
    this.stopping = stopping;
    this.now = cores.cloud().world().time().now();
  }

  /// Does what is due.
  ///
  /// @return when something will be, as far as is known now; nothing where nothing will
  Optional<Instant> run() {
    if (!cores.use().enter()) {
      return Optional.empty();
    }
    try {
      cores.settle();
      lifecycle = bucket.settings().lifecycle();
      for (String prefix : lifecycle.prefixes()) {
        abortUploads(prefix);
        sweep(prefix);
      }
      reclaim();
      return stopping.getAsBoolean() ? Optional.of(now) : next;
    } finally {
      cores.use().leave();
    }
  }

  /// Gives back what is kept no longer of what was. Where nothing is to be given back the bucket is
  /// not changed, as a change asks for another sweep.
  private void reclaim() {
    if (!cores.reclaimable().isAfter(now) && bucket.past().keeps()) {
      bucket.past().reclaim();
    }
    Instant again = cores.reclaimable();
    if (again.isAfter(now) && again.isBefore(Instant.MAX)) {
      next = Optional.of(next.filter(again::isAfter).orElse(again));
    }
  }

  private void abortUploads(String prefix) {
    Iterator<PendingUpload> uploads =
        new UploadSource(cores.uploads()).from(prefix, ListPosition.START);
    while (uploads.hasNext() && !stopping.getAsBoolean()) {
      PendingUpload upload = uploads.next();
      if (due(lifecycle.abortion(upload).map(LifecycleConfiguration.Expiration::moment))) {
        var _ = bucket.uploads().abort(upload.address());
      }
    }
  }

  private void sweep(String prefix) {
    Iterator<ListedVersion> versions = bucket.versionsUnder(prefix);
    Optional<KeyHistory> history = Optional.empty();
    while (versions.hasNext() && !stopping.getAsBoolean()) {
      ListedVersion listed = versions.next();
      if (listed.latest()) {
        history.ifPresent(this::endKey);
        history = Optional.of(new KeyHistory(listed.version()));
        current(listed.version());
      } else {
        noncurrent(history.orElseThrow(), listed.version());
      }
      if (steps.size() >= STEPS) {
        take();
      }
    }
    if (!stopping.getAsBoolean()) {
      history.ifPresent(this::endKey);
    }
    take();
  }

  /// What was seen of a key's versions so far, the latest first.
  private static final class KeyHistory {
    private final KeyVersion latest;
    private KeyVersion last;
    private int noncurrent;
    private boolean anyLeft;

    KeyHistory(KeyVersion latest) {
      this.latest = latest;
      this.last = latest;
    }

    /// Where the version stands that comes next.
    Noncurrent place() {
      return new Noncurrent(last.modified(), noncurrent);
    }

    void add(KeyVersion version, boolean stays) {
      last = version;
      noncurrent++;
      anyLeft |= stays;
    }
  }

  private void current(KeyVersion version) {
    if (version instanceof StoredObject object) {
      if (due(lifecycle.expiration(object).map(LifecycleConfiguration.Expiration::moment))) {
        steps.add(new LifecycleStep.Expire(object));
      } else {
        move(object, lifecycle.moves(object));
      }
    }
  }

  private void noncurrent(KeyHistory history, KeyVersion version) {
    Noncurrent place = history.place();
    boolean goes = due(lifecycle.removal(version, place)) && !locked(version);
    if (goes) {
      steps.add(new LifecycleStep.Remove(version, place));
    } else if (version instanceof StoredObject object) {
      move(object, lifecycle.moves(object, place));
    }
    history.add(version, !goes);
  }

  private void endKey(KeyHistory history) {
    if (history.latest instanceof DeleteMarker marker
        && !history.anyLeft
        && due(lifecycle.unmarking(marker))) {
      steps.add(new LifecycleStep.Unmark(marker));
    }
  }

  /// The class that is furthest down of those that are due.
  private void move(StoredObject object, List<LifecycleMove> moves) {
    moves.stream()
        .filter(move -> due(Optional.of(move.due())))
        .max(Comparator.comparingInt(LifecycleMove::depth))
        .ifPresent(move -> steps.add(new LifecycleStep.Move(object, move)));
  }

  /// What is locked is looked at again once it no longer is.
  private boolean locked(KeyVersion version) {
    if (!(version instanceof StoredObject object)) {
      return false;
    }
    ObjectLock lock = object.attributes().lock();
    boolean locked = lock.forbids(now, false);
    if (locked && !lock.legalHold().orElse(false)) {
      lock.retention()
          .ifPresent(retention -> later(LifecycleTime.midnightAfter(retention.until(), 0)));
    }
    return locked;
  }

  private boolean due(Optional<Instant> moment) {
    moment.filter(it -> it.isAfter(now)).ifPresent(this::later);
    return moment.filter(it -> !it.isAfter(now)).isPresent();
  }

  private void later(Instant moment) {
    if (next.isEmpty() || moment.isBefore(next.get())) {
      next = Optional.of(moment);
    }
  }

  private void take() {
    if (!steps.isEmpty()) {
      LifecycleTurn.take(bucket, lifecycle, now, steps);
      steps.clear();
    }
  }
}
