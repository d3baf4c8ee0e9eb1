package cloud.bevy.services.buckets;

import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.store.Ticket;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Takes steps of a bucket's lifecycle, all in one batch. In the bucket's turn each is looked at
/// once more: the very version must be there, where it was, and the rule must still be for it. What
/// others have done in the meantime is never undone.
final class LifecycleTurn {
  private final LifecycleConfiguration lifecycle;
  private final Instant now;
  private final BucketBatch batch;
  private final Versions versions;

  private LifecycleTurn(
      Bucket bucket, LifecycleConfiguration lifecycle, Instant now, BucketBatch batch) {
    this.lifecycle = lifecycle;
    this.now = now;
    this.batch = batch;
    this.versions = bucket.versions(batch);
  }

  /// Takes some steps, durably. None is taken where the lifecycle is another one by now.
  static void take(
      Bucket bucket, LifecycleConfiguration lifecycle, Instant now, List<LifecycleStep> steps) {
    Cause.LIFECYCLE.run(() -> takeAll(bucket, lifecycle, now, steps));
  }

  private static void takeAll(
      Bucket bucket, LifecycleConfiguration lifecycle, Instant now, List<LifecycleStep> steps) {
    List<Optional<BlobId>> retired;
    Ticket ticket;
    try (BucketBatch batch = bucket.cores().batch()) {
      LifecycleTurn turn = new LifecycleTurn(bucket, lifecycle, now, batch);
      if (bucket.settings().lifecycle(batch).equals(lifecycle)) {
        steps.forEach(turn::take);
      }
      retired = turn.versions.retired();
      ticket = batch.commit();
    }
    bucket.cores().cloud().durable(ticket);
    retired.forEach(bucket.cores()::retire);
  }

  private void take(LifecycleStep step) {
    switch (step) {
      case LifecycleStep.Expire(StoredObject object) -> expire(object);
      case LifecycleStep.Remove(KeyVersion version, Noncurrent place) -> remove(version, place);
      case LifecycleStep.Unmark(DeleteMarker marker) -> unmark(marker);
      case LifecycleStep.Move(StoredObject object, LifecycleMove to) -> move(object, to);
    }
  }

  private void expire(StoredObject object) {
    boolean due =
        versions
            .view()
            .current(object.key())
            .map(VersionRecord::version)
            .filter(found -> found.version().equals(object.version()))
            .filter(found ->
                found instanceof StoredObject there
                    && lifecycle.expiration(there).filter(it -> past(it.moment())).isPresent())
            .isPresent();
    if (due) {
      versions.delete(object.key());
    }
  }

  private void remove(KeyVersion version, Noncurrent place) {
    ObjectKey key = version.key();
    Optional<VersionRecord> found = versions.view().kept(key, version.version().id());
    boolean due =
        found
            .map(VersionRecord::version)
            .filter(there -> there.version().equals(version.version()))
            .filter(there -> lifecycle.removal(there, place).filter(this::past).isPresent())
            .filter(there -> !locked(there))
            .isPresent();
    if (due && !found.equals(versions.view().latest(key))) {
      versions.delete(key, version.version().id());
    }
  }

  private void unmark(DeleteMarker marker) {
    Iterator<BeeEntry> kept =
        batch.versions().range(Range.prefix(VersionKeys.of(marker.key().text())).limit(2));
    boolean alone =
        versions.view().current(marker.key()).isEmpty()
            && kept.hasNext()
            && VersionRecord.read(kept.next()).version().equals(marker)
            && !kept.hasNext();
    if (alone) {
      versions.delete(marker.key(), marker.version().id());
    }
  }

  private void move(StoredObject object, LifecycleMove to) {
    Optional<VersionRecord> found = versions.view().find(object.key(), object.version().id());
    if (found.isPresent() && found.get().version().equals(object)) {
      versions.amend(
          found.get(),
          object.withAttributes(object.attributes().withStorageClass(to.target())),
          EventType.MOVED);
    }
  }

  private boolean locked(KeyVersion version) {
    return version instanceof StoredObject object && object.attributes().lock().forbids(now, false);
  }

  private boolean past(Instant moment) {
    return !moment.isAfter(now);
  }
}
