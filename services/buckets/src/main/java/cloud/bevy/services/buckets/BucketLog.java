package cloud.bevy.services.buckets;

import cloud.bevy.hyper.core.Listener;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.drive.DriveDifference;
import cloud.bevy.hyper.drive.DriveFile;
import cloud.bevy.hyper.drive.Listing;
import java.util.Iterator;
import java.util.Optional;

/// The log of a bucket, for what is made from the objects and kept elsewhere: which objects there
/// were in a version, and in which of them two versions differ. An object is what its key had at
/// that time: older versions and the marks of deletions are none.
public final class BucketLog {
  private final BucketCores cores;

  BucketLog(BucketCores cores) {
    this.cores = cores;
  }

  /// A key that has not the same object in two versions.
  ///
  /// @param object what the later one has, if it has anything
  public record Change(ObjectKey key, Optional<StoredObject> object) {}

  /// Keeps the bucket's bytes where they are until it is closed, though the bucket may be deleted.
  ///
  /// @return nothing where it was deleted
  public Optional<Registration> hold() {
    return cores.use().enter() ? Optional.of(cores.use()::leave) : Optional.empty();
  }

  /// How often the log was cut: versions of different forks have nothing in common.
  public long fork() {
    return cores.drive().database().head().fork();
  }

  /// The version that is durable.
  public long version() {
    return cores.drive().version();
  }

  /// Has somebody told when the log has durably changed, until what is returned is closed.
  ///
  /// @param told called by the task that writes the store, so it must be short and not block
  public Registration listen(Runnable told) {
    return cores.drive().database().listen(Listener.ofChanges(told));
  }

  /// In which objects two versions differ, in the order of their keys, read as it is asked for. To
  /// be called while it is held.
  ///
  /// @param prefix of the keys
  public Iterator<Change> changes(long from, long until, String prefix) {
    String path = "/" + prefix;
    Iterator<DriveDifference> all = cores.drive().differencesUnder(from, until, path);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Change next() {
        DriveDifference difference = all.next();
        ObjectKey key = new ObjectKey(difference.path().substring(1));
        return new Change(key, difference.after().map(BucketCores::object));
      }
    };
  }

  /// The objects of a version in the order of their keys, read as they are asked for. To be called
  /// while it is held.
  ///
  /// @param prefix of the keys
  /// @param after only those behind this key
  public Iterator<StoredObject> objects(long version, String prefix, Optional<String> after) {
    Listing under = Listing.under("/" + prefix);
    Listing listing = after.map(key -> under.after("/" + key)).orElse(under);
    Iterator<DriveFile> files = cores.drive().at(version).list(listing);
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

  /// Opens what a key had in a version.
  ///
  /// @return nothing where it had no object, or its bytes are no more
  public Optional<OpenObject> open(long version, ObjectKey key) {
    return new PastBucket(cores, version).open(key, Optional.empty());
  }
}
