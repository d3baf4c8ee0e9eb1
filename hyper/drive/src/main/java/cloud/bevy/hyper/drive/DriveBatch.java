package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.core.Handover;
import cloud.bevy.hyper.store.Ticket;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Changes of entries that become durable together or not at all. While a batch is open no other
/// changes the drive: what it reads is what it will change. It sees what was changed before,
/// durable or not, and its own changes. For one task at a time, to be closed soon.
public final class DriveBatch implements DriveView, AutoCloseable {
  private final BeeBatch batch;
  private final BeeEditor files;
  private final Blobs blobs;
  private final List<PendingBlob> appended = new ArrayList<>();

  DriveBatch(BeeBatch batch, Blobs blobs) {
    this.batch = batch;
    this.files = batch.sub(EntryView.FILES);
    this.blobs = blobs;
  }

  @Override
  public long version() {
    return batch.version();
  }

  @Override
  public Optional<DriveFile> entry(String path) {
    return view().entry(path);
  }

  /// What is at some paths. Good until the next change.
  @Override
  public Iterator<DriveFile> list(Listing listing) {
    return view().list(listing);
  }

  @Override
  public long size(BlobId blob) {
    return blobs.size(blob);
  }

  @Override
  public InputStream read(BlobId blob, long from, long length) {
    return blobs.read(blob, from, length);
  }

  private EntryView view() {
    return new EntryView(files, blobs);
  }

  /// Puts an entry at a path, which is taken exactly as it is.
  ///
  /// @return its sequence
  public long put(String path, DriveEntry entry) {
    return files.put(EntryView.key(path), EntryCodec.write(entry));
  }

  /// Puts a file of at most 2 MiB, whose bytes go to the disk with the batch.
  ///
  /// @param path which is brought into its usual form
  /// @return its sequence
  /// @throws IllegalArgumentException for a larger file: [Drive#put] its bytes before the batch
  public long put(String path, byte[] bytes, FileOptions options) {
    if (bytes.length > BlobWriter.GROUP_BYTES) {
      throw new IllegalArgumentException(
          "a file of %d bytes in a batch: the limit is %d"
              .formatted(bytes.length, BlobWriter.GROUP_BYTES));
    }
    String normal = DrivePath.normal(path);
    PendingBlob blob = blobs.write(bytes);
    appended.add(blob);
    return put(normal, options.entry(blob.blob()));
  }

  /// Takes away what is at a path, which is taken exactly as it is.
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

  /// Has the batch durable only together with a blob, or after it. Where the batch is closed
  /// without having been committed, the blob is cleared.
  public void behind(PendingBlob blob) {
    blob.take();
    appended.add(blob);
  }

  /// Appends the changes and ends the batch. Others see them once they are durable: no entry is
  /// ever without the bytes that were put with it.
  ///
  /// @return says when the changes are durable, and everything that this batch could see
  /// @throws DriveFault where the store does not take the bytes in time; the batch can then be
  ///   closed
  public Ticket commit() {
    List<Handover> behind = new ArrayList<>();
    appended.forEach(blob -> behind.addAll(blob.handovers()));
    Ticket ticket = batch.commit(behind);
    CompletionStage<Void> durable = ticket.stage();
    for (PendingBlob blob : appended) {
      durable = blob.then(durable);
    }
    boolean alone = appended.isEmpty();
    appended.clear();
    return alone ? ticket : Ticket.following(blobs.tasks(), durable);
  }

  /// Ends the batch. What was not committed is forgotten.
  @Override
  public void close() {
    batch.close();
    appended.forEach(it -> blobs.clear(it.blob()));
    appended.clear();
  }
}
