package cloud.bevy.services.buckets;

import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.DriveEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Changes the versions of keys, for whoever has the turn.
final class Versions {
  private final BucketCores cores;
  private final BucketBatch batch;
  private final Versioning versioning;
  private final Optional<LockConfiguration> configuration;
  private final VersionView view;
  private final HistorySpan span;
  private final NotificationConfiguration notifications;
  private final List<StepRecord.Retired> retired = new ArrayList<>();

  Versions(BucketCores cores, BucketBatch batch, BucketSettings settings) {
    this.cores = cores;
    this.batch = batch;
    this.versioning = Versioning.of(settings.find(batch, Setting.VERSIONING));
    this.configuration = settings.find(batch, Setting.OBJECT_LOCK).map(LockConfiguration::read);
    this.span = HistorySpan.of(settings.find(batch, Setting.HISTORY));
    this.notifications = settings.notifications(batch);
    this.view = VersionView.in(batch);
  }

  /// What a deletion has come to.
  ///
  /// @param version that was taken away or, where a mark was made, the mark
  /// @param marker whether that is a mark
  record Deletion(Optional<ObjectVersion> version, boolean marker) {
    static final Deletion NOTHING = new Deletion(Optional.empty(), false);
  }

  /// What there is.
  VersionView view() {
    return view;
  }

  /// Retires the bytes that no version has any more, and takes the turn to give back what was
  /// retired long enough ago. To be called once, when all else has changed.
  ///
  /// @return the blobs to be cleared once the turn's changes are durable
  List<Optional<BlobId>> retired() {
    if (retired.isEmpty() && batch.now().isBefore(cores.reclaimable())) {
      return List.of();
    }
    Retirement retirement = new Retirement(batch.steps(), span, batch.now(), cores.reclaimable());
    StepRecord.State before = retirement.state();
    List<StepRecord.Retired> kept = retirement.retire(retired);
    cores.reclaimable(retirement.next());
    if (!kept.isEmpty() || !retirement.state().equals(before)) {
      batch.retire(kept, retirement.state());
    }
    return retirement.cleared().stream().map(Optional::of).toList();
  }

  /// Puts an object in the place of what the key has now.
  ///
  /// @return the object as the version that it has become
  StoredObject put(StoredObject object, BlobId blob) {
    ObjectLock lock = object.attributes().lock();
    if (configuration.isPresent()) {
      lock = configuration.get().lock(lock, batch.now());
    }
    StoredObject stored =
        object.at(batch.now()).as(next()).withAttributes(object.attributes().withLock(lock));
    makeRoom(object.key());
    batch.dated(enter(stored, blob));
    tell(Cause.current().creation(stored), BucketEvent.Subject.of(stored, true));
    return stored;
  }

  /// Has a key have no object from now on.
  Deletion delete(ObjectKey key) {
    ObjectVersion next = next();
    Optional<VersionRecord> current = view.current(key);
    makeRoom(key);
    batch.objects().delete(BucketCores.path(key));
    if (versioning == Versioning.OFF) {
      current.ifPresent(gone ->
          tell(Cause.current().removal(false), BucketEvent.Subject.of(gone.version(), false)));
      return Deletion.NOTHING;
    }
    DeleteMarker marker = new DeleteMarker(key, next, batch.now());
    keep(new VersionRecord(marker, Optional.empty()));
    tell(Cause.current().removal(true), BucketEvent.Subject.of(marker, false));
    return new Deletion(Optional.of(next), true);
  }

  /// Takes one version away for good. The one before it becomes what the key has.
  Deletion delete(ObjectKey key, String id) {
    Optional<VersionRecord> current = view.current(key);
    Optional<VersionRecord> version = view.find(key, id);
    if (version.isEmpty()) {
      return Deletion.NOTHING;
    }
    boolean latest = current.isEmpty() || current.equals(version);
    if (current.equals(version)) {
      batch.objects().delete(BucketCores.path(key));
      retire(version.get());
    } else {
      remove(version.get());
    }
    if (latest) {
      promote(key);
    }
    KeyVersion gone = version.get().version();
    tell(Cause.current().removal(false), BucketEvent.Subject.of(gone, false));
    return new Deletion(Optional.of(gone.version()), gone instanceof DeleteMarker);
  }

  /// Changes what is known of a version; its bytes stay.
  ///
  /// @param type what that is
  void amend(VersionRecord record, StoredObject changed, EventType type) {
    amend(record, changed);
    tell(type, BucketEvent.Subject.of(changed, true));
  }

  /// Changes what is known of a version and nobody is told of.
  void amend(VersionRecord record, StoredObject changed) {
    if (view.current(changed.key()).equals(Optional.of(record))) {
      var _ = enter(changed, bytes(record));
    } else {
      keep(new VersionRecord(changed, record.blob()));
    }
  }

  /// Has the function be told that is to be told of that, if there is one.
  private void tell(EventType type, BucketEvent.Subject subject) {
    notifications
        .find(type, subject.key())
        .map(rule ->
            new BucketEvent(
                batch.objects().version(),
                type,
                batch.now(),
                subject,
                Cause.current(),
                rule.id(),
                rule.function()))
        .map(EventRecord::of)
        .ifPresent(batch::add);
  }

  private ObjectVersion next() {
    long sequence = batch.objects().version();
    return versioning == Versioning.ENABLED
        ? ObjectVersion.kept(
            sequence, cores.cloud().world().chance().bytes(ObjectVersion.RANDOM_BYTES))
        : ObjectVersion.none(sequence);
  }

  /// Keeps what the key has now if it is to be kept. Where what comes has no id of its own, any
  /// other version without one goes.
  private void makeRoom(ObjectKey key) {
    Optional<VersionRecord> current = view.current(key);
    boolean replaced =
        versioning != Versioning.ENABLED
            && current.filter(record -> record.has(ObjectVersion.NULL)).isPresent();
    if (replaced) {
      retire(current.orElseThrow());
      return;
    }
    current.ifPresent(this::keep);
    if (versioning == Versioning.SUSPENDED) {
      view.kept(key, ObjectVersion.NULL).ifPresent(this::remove);
    }
  }

  /// Puts the latest version that is kept into the drive, unless it is a mark.
  private void promote(ObjectKey key) {
    Optional<VersionRecord> latest = view.kept(key);
    if (latest.isPresent() && latest.get().version() instanceof StoredObject object) {
      forget(latest.get());
      var _ = enter(object, bytes(latest.get()));
    }
  }

  private long enter(StoredObject object, BlobId blob) {
    DriveEntry entry = DriveEntry.file(blob).withMetadata(ObjectRecord.write(object));
    return batch.objects().put(BucketCores.path(object.key()), entry);
  }

  private void keep(VersionRecord record) {
    batch.versions().put(record.key(), record.write());
    if (record.has(ObjectVersion.NULL)) {
      batch.nulls().put(nullKey(record), sequence(record));
    }
  }

  private void remove(VersionRecord record) {
    forget(record);
    retire(record);
  }

  private void retire(VersionRecord record) {
    if (record.version() instanceof StoredObject object) {
      retired.add(new StepRecord.Retired(bytes(record), object.size()));
    }
  }

  private void forget(VersionRecord record) {
    batch.versions().delete(record.key());
    if (record.has(ObjectVersion.NULL)) {
      batch.nulls().delete(nullKey(record));
    }
  }

  private static BlobId bytes(VersionRecord record) {
    return record.blob().orElseThrow(() -> new BucketFault("a version has no bytes"));
  }

  private static byte[] nullKey(VersionRecord record) {
    return record.version().key().text().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sequence(VersionRecord record) {
    return ByteBuffer.allocate(Long.BYTES).putLong(record.version().version().sequence()).array();
  }
}
