package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.PendingBlob;
import cloud.bevy.hyper.store.Ticket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// A bucket of objects. What it says was stored or deleted is durable; what it reads was durable
/// when it was read. Safe for use by several tasks at once.
public final class Bucket implements BucketView {
  private final BucketSummary summary;
  private final BucketCores cores;
  private final Uploads uploads;
  private final BucketSettings settings;
  private final Locks locks;
  private final BucketPast past;
  private final Account owner;
  private final UsageCount usage;
  private final List<Quota> quotas;

  /// What [#access] said last, and of which settings.
  private volatile Optional<KnownAccess> known = Optional.empty();

  /// @param ofCloud how much all buckets of the cloud may hold together
  Bucket(BucketSummary summary, BucketCores cores, Quota ofCloud) {
    this.summary = summary;
    this.cores = cores;
    this.settings = cores.settings();
    this.locks = new Locks(this);
    this.uploads = new Uploads(this);
    this.usage = new UsageCount(cores);
    this.quotas = List.of(new Quota(this::quota, () -> usage().allBytes()), ofCloud);
    this.past = new BucketPast(this);
    this.owner = cores.cloud().account(summary.owner());
  }

  /// Its name.
  public BucketName name() {
    return summary.name();
  }

  /// What a list shows of it.
  public BucketSummary summary() {
    return summary;
  }

  /// Its multipart uploads.
  public Uploads uploads() {
    return uploads;
  }

  /// What it is set to.
  public BucketSettings settings() {
    return settings;
  }

  /// What keeps its objects from being deleted.
  public Locks locks() {
    return locks;
  }

  private record KnownAccess(Map<Setting, String> settings, BucketAccess access) {}

  /// Who may do what with it.
  public BucketAccess access() {
    Map<Setting, String> all = settings.all();
    Optional<KnownAccess> last = known;
    if (last.isPresent() && last.get().settings().equals(all)) {
      return last.get().access();
    }
    BucketAccess access = BucketAccess.of(owner, all);
    known = Optional.of(new KnownAccess(all, access));
    return access;
  }

  /// How much there is in it. The first time after a start this goes through what has changed since
  /// it was last counted, and then through what has changed since the last time.
  public BucketUsage usage() {
    if (!cores.use().enter()) {
      return BucketUsage.NONE;
    }
    try {
      return usage.now();
    } finally {
      cores.use().leave();
    }
  }

  /// How many bytes it may hold, if there is a limit.
  public OptionalLong quota() {
    Optional<String> text = settings.find(Setting.QUOTA);
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.get()));
  }

  /// Limits how many bytes it may hold. What is there stays.
  ///
  /// @return whether the bucket is there
  public boolean setQuota(OptionalLong bytes) {
    return bytes.isPresent()
        ? settings.put(Setting.QUOTA, Long.toString(bytes.getAsLong()))
        : settings.delete(Setting.QUOTA);
  }

  /// Sets bytes aside that are to come.
  ///
  /// @return nothing where there would be too many
  Optional<QuotaHold> hold(Content content) {
    return QuotaHold.of(quotas, Math.max(0, content.length()));
  }

  /// The drive that the bucket is, for those who check or copy it. Only the bucket writes to it.
  public Drive drive() {
    return cores.drive();
  }

  /// Lets whoever knows the bucket's key read all of it from outside, with what it held before, as
  /// long as it is there.
  ///
  /// @return the key, 32 bytes; nothing where the bucket was deleted
  public Optional<byte[]> share() {
    if (!cores.use().enter()) {
      return Optional.empty();
    }
    try {
      return Optional.of(cores.share());
    } finally {
      cores.use().leave();
    }
  }

  /// What tells it from others that had its name, or will.
  public String incarnation() {
    return cores.incarnation();
  }

  /// Its log, for what is made from its objects.
  public BucketLog log() {
    return new BucketLog(cores);
  }

  /// What it was.
  public BucketPast past() {
    return past;
  }

  /// Whether all that needs bytes has them.
  ///
  /// @param unreadable blocks of the drive's content that are known to be damaged
  /// @param mostProblems how many are told of
  public Holdings holdings(NavigableSet<Long> unreadable, int mostProblems) {
    return Holdings.look(drive(), unreadable, mostProblems);
  }

  BucketCores cores() {
    return cores;
  }

  /// Whether it keeps what is overwritten and deleted.
  public Versioning versioning() {
    return Versioning.of(settings.find(Setting.VERSIONING));
  }

  /// Has it keep what is overwritten and deleted from now on, or no longer.
  ///
  /// @param versioning not `OFF`: once on, it is suspended at most
  /// @return whether that is so: not where its versions can be locked, which need to be kept, and
  ///   not where the bucket is gone
  public boolean setVersioning(Versioning versioning) {
    return settings.put(
        Setting.VERSIONING,
        versioning.setting().orElseThrow(),
        all -> versioning == Versioning.ENABLED || !all.containsKey(Setting.OBJECT_LOCK));
  }

  /// What is known of an object.
  public Optional<StoredObject> find(ObjectKey key) {
    return cores.drive().entry(BucketCores.path(key)).map(BucketCores::object);
  }

  @Override
  public Optional<KeyVersion> find(ObjectKey key, Optional<String> version) {
    return record(key, version).map(VersionRecord::version);
  }

  private Optional<VersionRecord> record(ObjectKey key, Optional<String> version) {
    VersionView view = VersionView.now(cores.drive());
    return version.isPresent() ? view.find(key, version.get()) : view.latest(key);
  }

  /// Opens an object for reading. Its bytes stay readable until it is closed, whatever happens to
  /// the key in the meantime.
  public Optional<OpenObject> open(ObjectKey key) {
    return open(key, Optional.empty());
  }

  @Override
  public Optional<OpenObject> open(ObjectKey key, Optional<String> version) {
    if (!cores.use().enter()) {
      return Optional.empty();
    }
    try {
      Optional<OpenObject> opened = OpenObject.open(cores, () -> record(key, version));
      if (opened.isEmpty()) {
        cores.use().leave();
      }
      return opened;
    } catch (RuntimeException failure) {
      cores.use().leave();
      throw failure;
    }
  }

  /// Stores an object in place of what may be there. Nothing is visible before all of it is
  /// durable; nothing is left behind where it fails.
  ///
  /// @throws IOException where the content's bytes cannot be had
  public PutOutcome<StoredObject> put(
      ObjectKey key, ObjectAttributes attributes, Content content, WriteCondition condition)
      throws IOException {
    if (!cores.use().enter()) {
      return new PutOutcome.BucketGone<>();
    }
    try {
      Encryption.KeyCheck check = Encryption.check(attributes.encryption(), content.key());
      if (check != Encryption.KeyCheck.FITS) {
        return new PutOutcome.WrongKey<>(check);
      }
      Optional<QuotaHold> hold = hold(content);
      if (hold.isEmpty()) {
        return new PutOutcome.QuotaExceeded<>();
      }
      try (QuotaHold held = hold.get()) {
        ChecksumAlgorithm algorithm =
            content.checksum().map(Content.Claim::algorithm).orElse(ChecksumAlgorithm.USUAL);
        Intake intake = new Intake(content, algorithm, held);
        Optional<ObjectCipher> cipher = cores.cipher(attributes, content.key());
        PendingBlob blob =
            cores.drive().send(cipher.isPresent() ? cipher.get().apply(intake, 0, 0) : intake);
        try {
          Intake.Receipt<StoredObject> receipt = intake.receipt();
          StoredObject object = object(key, attributes, receipt);
          return receipt.problem().isPresent()
              ? receipt.problem().get()
              : enter(object, blob, condition);
        } finally {
          if (!blob.taken()) {
            cores.drive().clear(blob.blob());
          }
        }
      }
    } finally {
      cores.use().leave();
    }
  }

  /// A change of what is known of an object beside its bytes.
  ///
  /// @param type what it is; an access list that is as it was is no change
  /// @param to makes the new attributes of the old ones
  public record Change(EventType type, UnaryOperator<ObjectAttributes> to) {
    private boolean happens(StoredObject before, StoredObject after) {
      return type != EventType.ACL_PUT
          || !before.attributes().access().equals(after.attributes().access());
    }
  }

  /// Changes what is known of an object beside its bytes.
  ///
  /// @param version its id; nothing for what the key has now
  /// @return the object as it is now; nothing where there is none
  public Optional<StoredObject> change(ObjectKey key, Optional<String> version, Change change) {
    if (!cores.use().enter()) {
      return Optional.empty();
    }
    try {
      Optional<StoredObject> changed = Optional.empty();
      Ticket ticket;
      try (BucketBatch batch = cores.batch()) {
        Versions versions = versions(batch);
        Optional<VersionRecord> old = versions.view().object(key, version);
        if (old.isPresent() && old.get().version() instanceof StoredObject object) {
          StoredObject after = object.withAttributes(change.to().apply(object.attributes()));
          if (change.happens(object, after)) {
            versions.amend(old.get(), after, change.type());
          }
          changed = Optional.of(after);
        }
        ticket = batch.commit();
      }
      cores.cloud().durable(ticket);
      return changed;
    } finally {
      cores.use().leave();
    }
  }

  /// Deletes objects, all in one batch.
  ///
  /// @return what became of each, in order
  public List<ObjectDeletion.Outcome> delete(List<ObjectDeletion> deletions) {
    List<ObjectDeletion.Outcome> outcomes = new ArrayList<>(deletions.size());
    if (!cores.use().enter()) {
      deletions.forEach(
          any -> outcomes.add(ObjectDeletion.Outcome.refused(ObjectDeletion.Result.BUCKET_GONE)));
      return outcomes;
    }
    try {
      List<Optional<BlobId>> retired;
      Ticket ticket;
      try (BucketBatch batch = cores.batch()) {
        Versions versions = versions(batch);
        for (ObjectDeletion deletion : deletions) {
          outcomes.add(delete(versions, deletion));
        }
        retired = versions.retired();
        ticket = batch.commit();
      }
      cores.cloud().durable(ticket);
      retired.forEach(cores::retire);
      return outcomes;
    } finally {
      cores.use().leave();
    }
  }

  @Override
  public ListPage<StoredObject> list(ListQuery query) {
    return ListPage.read(new ObjectSource(cores.drive().now()), query);
  }

  @Override
  public ListPage<ListedVersion> listVersions(ListQuery query) {
    return VersionListing.read(VersionView.now(cores.drive()), query);
  }

  /// All versions of the bucket's keys as they are now, in the order of [#listVersions].
  Iterator<ListedVersion> versionsUnder(String prefix) {
    VersionView view = VersionView.now(cores.drive());
    return new VersionListing(view, new ObjectSource(view.objects()))
        .from(prefix, ListPosition.START);
  }

  /// The versions of keys, to be changed in a turn.
  Versions versions(BucketBatch batch) {
    return new Versions(cores, batch, settings);
  }

  /// Makes an object visible that is wholly stored.
  private PutOutcome<StoredObject> enter(
      StoredObject object, PendingBlob blob, WriteCondition condition) {
    PutOutcome<StoredObject> outcome;
    List<Optional<BlobId>> retired;
    Ticket ticket;
    try (BucketBatch batch = cores.batch()) {
      Versions versions = versions(batch);
      Optional<PutOutcome<StoredObject>> refused =
          refused(versions.view().current(object.key()), condition);
      if (refused.isPresent()) {
        outcome = refused.get();
      } else {
        batch.objects().behind(blob);
        outcome = new PutOutcome.Stored<>(versions.put(object, blob.blob()));
      }
      retired = versions.retired();
      ticket = batch.commit();
    }
    cores.cloud().durable(ticket);
    retired.forEach(cores::retire);
    return outcome;
  }

  private Optional<PutOutcome<StoredObject>> refused(
      Optional<VersionRecord> old, WriteCondition condition) {
    if (cores.use().gone()) {
      return Optional.of(new PutOutcome.BucketGone<>());
    }
    return switch (condition.check(old.flatMap(VersionRecord::object))) {
      case HOLDS -> Optional.empty();
      case NO_SUCH_KEY -> Optional.of(new PutOutcome.NoSuchKey<>());
      case FAILED -> Optional.of(new PutOutcome.ConditionFailed<>());
    };
  }

  private ObjectDeletion.Outcome delete(Versions versions, ObjectDeletion deletion) {
    ObjectKey key = deletion.key();
    Optional<VersionRecord> found =
        deletion
            .version()
            .map(id -> versions.view().find(key, id))
            .orElseGet(() -> versions.view().current(key));
    boolean locked =
        deletion.version().isPresent()
            && found.filter(record -> locked(record, deletion.bypass())).isPresent();
    if (locked) {
      return ObjectDeletion.Outcome.refused(ObjectDeletion.Result.LOCKED);
    }
    return switch (deletion.condition().check(found.flatMap(VersionRecord::object))) {
      case NO_SUCH_KEY -> ObjectDeletion.Outcome.refused(ObjectDeletion.Result.NO_SUCH_KEY);
      case FAILED -> ObjectDeletion.Outcome.refused(ObjectDeletion.Result.CONDITION_FAILED);
      case HOLDS -> {
        Versions.Deletion done =
            deletion
                .version()
                .map(id -> versions.delete(key, id))
                .orElseGet(() -> versions.delete(key));
        yield new ObjectDeletion.Outcome(
            ObjectDeletion.Result.DELETED, done.version(), done.marker());
      }
    };
  }

  private boolean locked(VersionRecord record, boolean bypass) {
    return record.version() instanceof StoredObject object
        && object.attributes().lock().forbids(cores.cloud().world().time().now(), bypass);
  }

  private StoredObject object(
      ObjectKey key, ObjectAttributes attributes, Intake.Receipt<StoredObject> receipt) {
    return new StoredObject(
        key,
        ObjectVersion.none(0), // until it is entered
        receipt.etag(),
        receipt.size(),
        cores.cloud().world().time().now(),
        attributes,
        Optional.of(receipt.needed()),
        List.of(),
        Optional.empty());
  }
}
