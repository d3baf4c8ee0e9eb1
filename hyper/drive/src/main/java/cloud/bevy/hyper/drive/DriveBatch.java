package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.store.Ticket;
import java.util.Iterator;
import java.util.Optional;

/// Changes of entries that become durable together or not at all. While a batch is open no other
/// changes the drive: what it reads is what it will change. It sees what was changed before,
/// durable or not, and its own changes. For one task at a time, to be closed soon.
public final class DriveBatch implements DriveView, AutoCloseable {
  private final BeeBatch batch;
  private final BeeEditor files;

  DriveBatch(BeeBatch batch, byte[] name) {
    this.batch = batch;
    this.files = batch.sub(name);
  }

  @Override
  public long version() {
    return batch.version();
  }

  @Override
  public Optional<DriveFile> entry(String path) {
    return new EntryView(files).entry(path);
  }

  /// What is at some paths. Good until the next change.
  @Override
  public Iterator<DriveFile> list(Listing listing) {
    return new EntryView(files).list(listing);
  }

  /// Puts an entry at a path.
  ///
  /// @return its sequence
  public long put(String path, DriveEntry entry) {
    return files.put(EntryView.key(path), EntryCodec.write(entry));
  }

  /// Takes away what is at a path.
  ///
  /// @return whether there was anything
  public boolean delete(String path) {
    return files.delete(EntryView.key(path));
  }

  /// A sub-bee beside the entries, to be changed as part of this batch. Who reads the drive does
  /// not see it; who reads [Drive#bee] does.
  public BeeEditor sub(byte[] name) {
    return batch.sub(name);
  }

  /// Appends the changes and ends the batch. Others see them once they are durable.
  ///
  /// @return says when the changes are durable, and everything that this batch could see
  public Ticket commit() {
    return batch.commit();
  }

  /// Ends the batch. What was not committed is forgotten.
  @Override
  public void close() {
    batch.close();
  }
}
