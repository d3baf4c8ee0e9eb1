package cloud.bevy.services.buckets;

import cloud.bevy.hyper.store.Ticket;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What keeps versions of a bucket's objects from being deleted.
public final class Locks {
  private final Bucket bucket;

  Locks(Bucket bucket) {
    this.bucket = bucket;
  }

  /// What became of a change.
  public enum Outcome {
    /// It is so, durably.
    DONE,
    /// There is no such version of the object, or it is the mark of a deletion.
    NO_SUCH_VERSION,
    /// The version is kept as it is, and for at least as long.
    FORBIDDEN,
    /// The bucket has no such thing as locks.
    NOT_CONFIGURED,
    /// The bucket was deleted in the meantime.
    BUCKET_GONE
  }

  /// A change of what keeps a version.
  ///
  /// @param version its id; nothing for what the key has now
  /// @param to makes the new lock of the old one
  /// @param bypass whether the caller may undo what governs
  public record Change(
      ObjectKey key, Optional<String> version, UnaryOperator<ObjectLock> to, boolean bypass) {}

  /// Whether versions can be locked, and what locks new ones.
  public Optional<LockConfiguration> configuration() {
    return bucket.settings().find(Setting.OBJECT_LOCK).map(LockConfiguration::read);
  }

  /// Has versions be lockable. They must be kept to begin with.
  ///
  /// @return whether that is so and the bucket is there
  public boolean configure(LockConfiguration configuration) {
    return bucket
        .settings()
        .put(
            Setting.OBJECT_LOCK,
            configuration.write(),
            all ->
                Versioning.of(Optional.ofNullable(all.get(Setting.VERSIONING)))
                    == Versioning.ENABLED);
  }

  /// Changes what keeps a version.
  public Outcome change(Change change) {
    if (configuration().isEmpty()) {
      return Outcome.NOT_CONFIGURED;
    }
    BucketCores cores = bucket.cores();
    Instant now = cores.cloud().world().time().now();
    Outcome outcome;
    Ticket ticket;
    try (BucketBatch batch = cores.batch()) {
      outcome = cores.use().gone() ? Outcome.BUCKET_GONE : change(batch, change, now);
      ticket = batch.commit();
    }
    cores.cloud().durable(ticket);
    return outcome;
  }

  private Outcome change(BucketBatch batch, Change change, Instant now) {
    Versions versions = bucket.versions(batch);
    Optional<VersionRecord> found =
        change.version().isPresent()
            ? versions.view().find(change.key(), change.version().get())
            : versions.view().current(change.key());
    if (found.isEmpty() || !(found.get().version() instanceof StoredObject object)) {
      return Outcome.NO_SUCH_VERSION;
    }
    ObjectLock old = object.attributes().lock();
    ObjectLock lock = change.to().apply(old);
    boolean allowed =
        old.retention().equals(lock.retention())
            || old.retention().isEmpty()
            || old.retention().get().yields(lock.retention(), now, change.bypass());
    if (!allowed) {
      return Outcome.FORBIDDEN;
    }
    StoredObject locked = object.withAttributes(object.attributes().withLock(lock));
    if (old.retention().equals(lock.retention())) {
      versions.amend(found.get(), locked);
    } else {
      versions.amend(found.get(), locked, EventType.RETENTION_PUT);
    }
    return Outcome.DONE;
  }
}
