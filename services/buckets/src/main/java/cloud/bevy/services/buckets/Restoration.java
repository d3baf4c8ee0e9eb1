package cloud.bevy.services.buckets;

import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.DriveDifference;
import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.drive.Listing;
import cloud.bevy.hyper.drive.PendingBlob;
import cloud.bevy.hyper.store.Ticket;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Puts back what a bucket had, group by group: each group is one batch, which is decided in the
/// turn upon what the keys have then. Bytes are copied within the machine, so that no two versions
/// ever have the same.
final class Restoration {
  private static final int MOST_CHANGES = 512;
  private static final long MOST_BYTES = 8L << 20;

  private final Bucket from;
  private final Bucket to;
  private final RestorePlan plan;
  private final List<Change> group = new ArrayList<>();
  private final List<String> examples = new ArrayList<>();
  private long groupBytes;
  private long restored;
  private long bytes;
  private long deleted;
  private long same;
  private long skipped;
  private long lost;

  Restoration(Bucket from, Bucket to, RestorePlan plan) {
    this.from = from;
    this.to = to;
    this.plan = plan;
  }

  /// What is to become of a key.
  ///
  /// @param seen what it had when that was decided
  /// @param then what it is to have; nothing where it is to have nothing
  private record Change(ObjectKey key, Optional<VersionRecord> seen, Optional<Copy> then) {}

  private record Copy(StoredObject object, PendingBlob blob) {}

  Optional<RestoreReport> run() throws IOException {
    if (!from.cores().use().enter()) {
      return Optional.empty();
    }
    try {
      if (!to.cores().use().enter()) {
        return Optional.empty();
      }
      try {
        return compare() && flush() ? Optional.of(report()) : Optional.empty();
      } finally {
        drop(group);
        to.cores().use().leave();
      }
    } finally {
      from.cores().use().leave();
    }
  }

  private RestoreReport report() {
    return new RestoreReport(
        plan.version(), restored, bytes, deleted, same, skipped, lost, examples);
  }

  /// Goes through what is not as it was.
  ///
  /// @return whether the bucket is still there
  private boolean compare() throws IOException {
    if (from == to) {
      Iterator<DriveDifference> differences =
          from.drive()
              .differencesUnder(plan.version(), from.drive().version(), "/" + plan.prefix());
      while (differences.hasNext()) {
        DriveDifference difference = differences.next();
        if (!compare(difference.before(), difference.after().map(VersionView::record))) {
          return false;
        }
      }
      return true;
    }
    VersionView there = VersionView.now(to.drive());
    Iterator<DriveFile> files =
        from.drive().at(plan.version()).list(Listing.under("/" + plan.prefix()));
    while (files.hasNext()) {
      DriveFile file = files.next();
      if (!compare(Optional.of(file), there.current(BucketCores.object(file).key()))) {
        return false;
      }
    }
    return true;
  }

  private boolean compare(Optional<DriveFile> before, Optional<VersionRecord> now)
      throws IOException {
    if (before.isEmpty()) {
      return add(new Change(now.orElseThrow().version().key(), now, Optional.empty()), 0);
    }
    StoredObject object = restorable(BucketCores.object(before.get()));
    Optional<VersionRecord> equal = now.filter(record -> isSame(record, object));
    if (equal.isPresent()) {
      same++;
      return true;
    }
    BlobId blob = VersionView.record(before.get()).blob().orElseThrow();
    Optional<Registration> held = from.drive().hold(blob);
    if (held.isEmpty()) {
      lost++;
      if (examples.size() < RestoreReport.MOST_EXAMPLES) {
        examples.add(object.key().text());
      }
      return true;
    }
    try (Registration _ = held.get()) {
      return put(object, blob, now);
    }
  }

  private boolean put(StoredObject object, BlobId blob, Optional<VersionRecord> now)
      throws IOException {
    if (plan.dry()) {
      restored++;
      bytes += object.size();
      return true;
    }
    try (InputStream stream = from.drive().read(blob)) {
      Copy copy = new Copy(object, to.drive().begin(stream));
      return add(new Change(object.key(), now, Optional.of(copy)), object.size());
    }
  }

  private boolean add(Change change, long size) {
    if (plan.dry()) {
      deleted++;
      return true;
    }
    group.add(change);
    groupBytes += size;
    return (group.size() < MOST_CHANGES && groupBytes < MOST_BYTES) || flush();
  }

  /// Makes the group's changes.
  ///
  /// @return whether the bucket is still there
  private boolean flush() {
    group.forEach(change -> change.then().ifPresent(copy -> copy.blob().ready()));
    List<Optional<BlobId>> retired;
    Ticket ticket;
    try (BucketBatch batch = to.cores().batch()) {
      if (to.cores().use().gone()) {
        return false;
      }
      Versions versions = to.versions(batch);
      group.forEach(change -> change(batch, versions, change));
      retired = versions.retired();
      ticket = batch.commit();
    }
    to.cores().cloud().durable(ticket);
    drop(group);
    retired.forEach(to.cores()::retire);
    return true;
  }

  private void change(BucketBatch batch, Versions versions, Change change) {
    if (!versions.view().current(change.key()).equals(change.seen())) {
      skipped++;
    } else if (change.then().isEmpty()) {
      var _ = versions.delete(change.key());
      deleted++;
    } else {
      Copy copy = change.then().get();
      batch.objects().behind(copy.blob());
      var _ = versions.put(copy.object(), copy.blob().blob());
      restored++;
      bytes += copy.object().size();
    }
  }

  /// Forgets the group, and the copies that nothing has.
  private void drop(List<Change> changes) {
    for (Change change : changes) {
      change
          .then()
          .map(Copy::blob)
          .filter(blob -> !blob.taken())
          .ifPresent(blob -> to.drive().clear(blob.blob()));
    }
    changes.clear();
    groupBytes = 0;
  }

  /// An object as it is put back: not locked by what it was locked by, and not the answer to a
  /// repeated completion of an upload; in another bucket it belongs to that one's owner.
  private StoredObject restorable(StoredObject object) {
    ObjectAttributes attributes = object.attributes().withLock(ObjectLock.NONE);
    return new StoredObject(
        object.key(),
        object.version(),
        object.etag(),
        object.size(),
        object.modified(),
        from == to ? attributes : attributes.withAccess(ObjectAccess.OWNERS),
        object.checksum(),
        object.parts(),
        Optional.empty());
  }

  /// Whether a key has such an object: the same bytes, of which the same is said.
  private boolean isSame(VersionRecord record, StoredObject object) {
    return record.version() instanceof StoredObject present
        && present.etag().equals(object.etag())
        && present.size() == object.size()
        && present.checksum().equals(object.checksum())
        && present.parts().equals(object.parts())
        && restorable(present).attributes().equals(object.attributes());
  }
}
