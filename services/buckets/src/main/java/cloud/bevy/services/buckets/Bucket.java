package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Account;
import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.DriveEntry;
import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.drive.DriveView;
import cloud.bevy.hyper.drive.Listing;
import cloud.bevy.hyper.drive.PendingBlob;
import cloud.bevy.hyper.store.Ticket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A bucket of objects. What it says was stored or deleted is durable; what it reads was durable
/// when it was read. Safe for use by several tasks at once.
public final class Bucket {
  private final BucketSummary summary;
  private final BucketCores cores;
  private final Uploads uploads;
  private final BucketSettings settings;
  private final Account owner;

  /// What [#access] said last, and of which settings.
  private volatile Optional<KnownAccess> known = Optional.empty();

  Bucket(BucketSummary summary, BucketCores cores) {
    this.summary = summary;
    this.cores = cores;
    this.uploads = new Uploads(cores);
    this.settings = new BucketSettings(cores);
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

  BucketCores cores() {
    return cores;
  }

  /// What is known of an object.
  public Optional<StoredObject> find(ObjectKey key) {
    return cores.drive().entry(BucketCores.path(key)).map(BucketCores::object);
  }

  /// Opens an object for reading. Its bytes stay readable until it is closed, whatever happens to
  /// the key in the meantime.
  public Optional<OpenObject> open(ObjectKey key) {
    if (!cores.use().enter()) {
      return Optional.empty();
    }
    try {
      Optional<OpenObject> opened = OpenObject.open(cores, BucketCores.path(key));
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
      Intake intake = new Intake(content, Optional.empty());
      PendingBlob blob = cores.drive().send(intake);
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
    } finally {
      cores.use().leave();
    }
  }

  /// Changes what is known of an object beside its bytes.
  ///
  /// @return the object as it is now; nothing where there is none
  public Optional<StoredObject> change(ObjectKey key, UnaryOperator<ObjectAttributes> change) {
    if (!cores.use().enter()) {
      return Optional.empty();
    }
    try {
      String path = BucketCores.path(key);
      Optional<StoredObject> changed = Optional.empty();
      Ticket ticket;
      try (BucketBatch batch = cores.batch()) {
        Optional<DriveFile> old = batch.objects().entry(path);
        if (old.isPresent()) {
          StoredObject object = BucketCores.object(old.get());
          changed = Optional.of(object.withAttributes(change.apply(object.attributes())));
          String metadata = ObjectRecord.write(changed.get());
          batch.objects().put(path, old.get().entry().withMetadata(metadata));
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
  public List<ObjectDeletion.Result> delete(List<ObjectDeletion> deletions) {
    List<ObjectDeletion.Result> results = new ArrayList<>(deletions.size());
    if (!cores.use().enter()) {
      deletions.forEach(any -> results.add(ObjectDeletion.Result.BUCKET_GONE));
      return results;
    }
    try {
      List<Optional<BlobId>> blobs = new ArrayList<>();
      Ticket ticket;
      try (BucketBatch batch = cores.batch()) {
        for (ObjectDeletion deletion : deletions) {
          results.add(delete(batch, deletion, blobs));
        }
        ticket = batch.commit();
      }
      cores.cloud().durable(ticket);
      blobs.forEach(cores::retire);
      return results;
    } finally {
      cores.use().leave();
    }
  }

  /// Lists objects in the order of their keys' bytes.
  public ListPage<StoredObject> list(ListQuery query) {
    return ListPage.read(new Objects(), query);
  }

  /// Makes an object visible that is wholly stored.
  private PutOutcome<StoredObject> enter(
      StoredObject object, PendingBlob blob, WriteCondition condition) {
    String path = BucketCores.path(object.key());
    Optional<DriveFile> old = Optional.empty();
    Optional<PutOutcome<StoredObject>> refused = Optional.empty();
    Ticket ticket;
    try (BucketBatch batch = cores.batch()) {
      old = batch.objects().entry(path);
      refused = refused(old, condition);
      if (refused.isEmpty()) {
        batch.objects().behind(blob);
        batch
            .objects()
            .put(path, DriveEntry.file(blob.blob()).withMetadata(ObjectRecord.write(object)));
      }
      ticket = batch.commit();
    }
    cores.cloud().durable(ticket);
    if (refused.isEmpty()) {
      old.ifPresent(file -> cores.retire(file.entry().blob()));
    }
    return refused.orElseGet(() -> new PutOutcome.Stored<>(object));
  }

  private Optional<PutOutcome<StoredObject>> refused(
      Optional<DriveFile> old, WriteCondition condition) {
    if (cores.use().gone()) {
      return Optional.of(new PutOutcome.BucketGone<>());
    }
    return switch (condition.check(old.map(file -> BucketCores.object(file).etag()))) {
      case HOLDS -> Optional.empty();
      case NO_SUCH_KEY -> Optional.of(new PutOutcome.NoSuchKey<>());
      case FAILED -> Optional.of(new PutOutcome.ConditionFailed<>());
    };
  }

  private ObjectDeletion.Result delete(
      BucketBatch batch, ObjectDeletion deletion, List<Optional<BlobId>> blobs) {
    String path = BucketCores.path(deletion.key());
    Optional<DriveFile> old = batch.objects().entry(path);
    return switch (deletion.condition().check(old.map(file -> BucketCores.object(file).etag()))) {
      case NO_SUCH_KEY -> ObjectDeletion.Result.NO_SUCH_KEY;
      case FAILED -> ObjectDeletion.Result.CONDITION_FAILED;
      case HOLDS -> {
        old.ifPresent(file -> {
          batch.objects().delete(path);
          blobs.add(file.entry().blob());
        });
        yield ObjectDeletion.Result.DELETED;
      }
    };
  }

  private StoredObject object(
      ObjectKey key, ObjectAttributes attributes, Intake.Receipt<StoredObject> receipt) {
    return new StoredObject(
        key,
        receipt.etag(),
        receipt.size(),
        cores.cloud().world().time().now(),
        attributes,
        receipt.checksum(),
        List.of(),
        Optional.empty());
  }

  /// The objects of the bucket as it was when the listing began.
  private final class Objects implements ListPage.Source<StoredObject> {
    private final DriveView view = cores.drive().now();

    @Override
    public Iterator<StoredObject> from(String prefix, ListPosition position) {
      Listing under = Listing.under("/" + prefix);
      Listing listing =
          switch (position) {
            case ListPosition.Start() -> under;
            case ListPosition.AfterKey(String key) -> under.after("/" + key);
            case ListPosition.AfterUpload(String key, String id) -> under.after("/" + key);
            case ListPosition.AfterPrefix(String group) -> under.past("/" + group);
          };
      Iterator<DriveFile> files = view.list(listing);
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return files.hasNext();
        }

        @Override
        public StoredObject next() {
          return BucketCores.object(files.next());
        }
      };
    }

    @Override
    public String key(StoredObject object) {
      return object.key().text();
    }
  }
}
