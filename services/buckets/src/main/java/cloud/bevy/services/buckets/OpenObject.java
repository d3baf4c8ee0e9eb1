package cloud.bevy.services.buckets;

import cloud.bevy.hyper.drive.BlobId;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.drive.DriveFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// An object that is being read: its bytes are kept until it is closed, also where the key has been
/// overwritten or deleted since. For one task at a time.
public final class OpenObject implements AutoCloseable {
  private final BucketCores cores;
  private final StoredObject object;
  private final Optional<BlobId> blob;
  private final InputStream pin;
  private boolean open = true;

  private OpenObject(BucketCores cores, DriveFile file, InputStream pin) {
    this.cores = cores;
    this.object = BucketCores.object(file);
    this.blob = file.entry().blob();
    this.pin = pin;
  }

  /// Opens what is at a path. Between looking the entry up and pinning its blob the blob may have
  /// been retired; if any was, the entry is looked up again, until it is the one that was pinned.
  static Optional<OpenObject> open(BucketCores cores, String path) {
    while (true) {
      long retirements = cores.retirements();
      Optional<DriveFile> file = cores.drive().entry(path);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      OpenObject opened = new OpenObject(cores, file.get(), pin(cores.drive(), file.get()));
      if (retirements == cores.retirements() || file.equals(cores.drive().entry(path))) {
        return Optional.of(opened);
      }
      opened.unpin();
    }
  }

  /// What is known of the object.
  public StoredObject object() {
    return object;
  }

  /// A part of its bytes.
  public InputStream stream(long offset, long length) {
    return blob.isEmpty() || length == 0
        ? InputStream.nullInputStream()
        : cores.drive().read(blob.get(), offset, length);
  }

  /// Writes a part of its bytes, and no byte less.
  public void copy(long offset, long length, OutputStream out) throws IOException {
    try (InputStream bytes = stream(offset, length)) {
      bytes.transferTo(out);
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      unpin();
      cores.use().leave();
    }
  }

  /// A stream that is open keeps its blob from being cleared.
  private static InputStream pin(Drive drive, DriveFile file) {
    return file.entry().blob().map(drive::read).orElseGet(InputStream::nullInputStream);
  }

  private void unpin() {
    try {
      pin.close();
    } catch (IOException e) {
      throw new IllegalStateException("a drive's stream closes without a fault", e);
    }
  }
}
