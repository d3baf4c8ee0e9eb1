package cloud.bevy.hyper.drive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A drive as a side of a mirror. What is read is one version of it; what is written is committed
/// some files at a time, each with its bytes on the disk before.
final class DriveTree implements MirrorTree {
  /// How many changes are committed together at most.
  private static final int MOST_CHANGES = 512;

  /// How many bytes of small files wait for a commit at most.
  private static final long MOST_BYTES = 8 << 20;

  private final Drive drive;
  private DriveView view;
  private final List<Change> changes = new ArrayList<>();
  private long waiting;

  DriveTree(Drive drive) {
    this.drive = drive;
    this.view = drive.now();
  }

  /// What is to be at a path: nothing for a deletion.
  private record Change(String path, Optional<DriveEntry> entry, Optional<PendingBlob> pending) {}

  /// A path that changed, and what is there now.
  record Changed(String path, Optional<MirrorFile> file) {}

  @Override
  public void refresh() {
    view = drive.now();
  }

  /// The version that is read.
  long seen() {
    return view.version();
  }

  @Override
  public long made() {
    return drive.version();
  }

  @Override
  public Iterator<MirrorFile> files(Folder folder) {
    return map(view.list(folder));
  }

  private Iterator<MirrorFile> map(Iterator<DriveFile> files) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return files.hasNext();
      }

      @Override
      public MirrorFile next() {
        return file(files.next());
      }
    };
  }

  /// What has changed since a version.
  Iterator<Changed> changed(long since, Folder folder) {
    List<Changed> changed = new ArrayList<>();
    drive
        .differences(Math.min(since, seen()), seen(), folder.path())
        .forEachRemaining(difference -> {
          if (!folder.ignored().test(difference.path())) {
            changed.add(new Changed(difference.path(), difference.after().map(this::file)));
          }
        });
    return changed.iterator();
  }

  @Override
  public Optional<MirrorFile> find(String path) {
    return view.entry(path).map(this::file);
  }

  private MirrorFile file(DriveFile file) {
    Optional<BlobId> blob = file.entry().blob().filter(_ -> file.entry().linkname().isEmpty());
    MirrorFile.Bytes bytes =
        blob.<MirrorFile.Bytes>map(BlobBytes::new).orElseGet(MirrorFile.Bytes::none);
    return new MirrorFile(file.path(), file.entry(), bytes, Optional.empty());
  }

  private final class BlobBytes implements MirrorFile.Bytes {
    private final BlobId blob;

    BlobBytes(BlobId blob) {
      this.blob = blob;
    }

    @Override
    public long size() {
      return drive.size(blob);
    }

    @Override
    public InputStream open() {
      return drive.read(blob);
    }

    @Override
    public void expect() {
      drive.expect(blob);
    }
  }

  @Override
  public void begin(MirrorTree source, boolean clears) throws IOException {
    if (!drive.writable()) {
      throw new IOException("the drive cannot be written to: its signer is not here");
    }
  }

  @Override
  public void write(MirrorFile file) throws IOException {
    DriveEntry entry = file.entry();
    if (entry.linkname().isPresent()) {
      change(new Change(file.path(), Optional.of(entry), Optional.empty()));
      return;
    }
    try (InputStream in = file.bytes().open()) {
      PendingBlob pending = drive.begin(in);
      waiting += pending.blob().byteLength();
      DriveEntry whole = with(entry, pending.blob());
      change(new Change(file.path(), Optional.of(whole), Optional.of(pending)));
    }
  }

  private static DriveEntry with(DriveEntry entry, @Nullable BlobId blob) {
    return new DriveEntry(
        entry.executable(), Optional.empty(), Optional.ofNullable(blob), entry.metadata());
  }

  @Override
  public void adapt(MirrorFile here, MirrorFile other) {
    DriveEntry mine = here.entry();
    boolean fromDrive = other.entry().blob().isPresent();
    Optional<String> metadata = fromDrive ? other.entry().metadata() : mine.metadata();
    DriveEntry entry =
        new DriveEntry(other.entry().executable(), mine.linkname(), mine.blob(), metadata);
    change(new Change(here.path(), Optional.of(entry), Optional.empty()));
  }

  @Override
  public void delete(MirrorFile here) {
    change(new Change(here.path(), Optional.empty(), Optional.empty()));
  }

  private void change(Change change) {
    changes.add(change);
    if (changes.size() >= MOST_CHANGES || waiting >= MOST_BYTES) {
      commit();
    }
  }

  @Override
  public void finish() {
    commit();
  }

  private void commit() {
    if (changes.isEmpty()) {
      return;
    }
    List<PendingBlob> blobs =
        changes.stream().flatMap(change -> change.pending().stream()).toList();
    blobs.forEach(PendingBlob::ready); // nobody else has to wait for that
    try (DriveBatch batch = drive.batch()) {
      blobs.forEach(batch::behind);
      for (Change change : changes) {
        change
            .entry()
            .ifPresentOrElse(
                entry -> batch.put(change.path(), entry), () -> batch.delete(change.path()));
      }
      BlobWriter.await(batch.commit());
    }
    changes.clear();
    waiting = 0;
  }
}
