package cloud.bevy.services.buckets;

import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.drive.BlobId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// An object that is being read: its bytes are kept until it is closed, also where the key has been
/// overwritten or deleted since. For one task at a time.
public final class OpenObject implements AutoCloseable {
  private final BucketCores cores;
  private final StoredObject object;
  private final Optional<BlobId> blob;

  /// Keeps the blob from being cleared.
  private final Registration pin;

  private Optional<ObjectCipher> cipher = Optional.empty();
  private boolean open = true;

  private OpenObject(
      BucketCores cores, StoredObject object, Optional<BlobId> blob, Registration pin) {
    this.cores = cores;
    this.object = object;
    this.blob = blob;
    this.pin = pin;
  }

  /// Opens what is found. Between looking it up and pinning its blob the blob may have been
  /// retired; if any was, it is looked up again, until it is the one that was pinned.
  ///
  /// @param look finds it in the bucket as it is now
  /// @return nothing where nothing was found, or a mark
  static Optional<OpenObject> open(BucketCores cores, Supplier<Optional<VersionRecord>> look) {
    while (true) {
      long retirements = cores.retirements();
      Optional<VersionRecord> found = look.get();
      if (found.isEmpty() || !(found.get().version() instanceof StoredObject object)) {
        return Optional.empty();
      }
      Optional<BlobId> blob = found.get().blob();
      OpenObject opened = new OpenObject(cores, object, blob, pin(cores, blob));
      if (retirements == cores.retirements() || found.equals(look.get())) {
        return Optional.of(opened);
      }
      opened.pin.close();
    }
  }

  /// Opens what there was.
  ///
  /// @return nothing where it is a mark, or its bytes are no more
  static Optional<OpenObject> held(BucketCores cores, VersionRecord record) {
    if (!(record.version() instanceof StoredObject object)) {
      return Optional.empty();
    }
    Optional<BlobId> blob = record.blob();
    Optional<Registration> pin =
        blob.isPresent() ? cores.drive().hold(blob.get()) : Optional.of(() -> {});
    return pin.map(held -> new OpenObject(cores, object, blob, held));
  }

  /// A stream that is open keeps its blob from being cleared.
  private static Registration pin(BucketCores cores, Optional<BlobId> blob) {
    InputStream stream = blob.map(cores.drive()::read).orElseGet(InputStream::nullInputStream);
    return () -> {
      try {
        stream.close();
      } catch (IOException e) {
        throw new IllegalStateException("a drive's stream closes without a fault", e);
      }
    };
  }

  /// What is known of the object.
  public StoredObject object() {
    return object;
  }

  /// Makes the bytes readable where they are encrypted. To be called before they are read, also
  /// where they are not.
  ///
  /// @param key that the reader has brought along
  /// @return whether it fits; otherwise the bytes cannot be read
  public Encryption.KeyCheck unlock(Optional<CustomerKey> key) {
    Encryption.KeyCheck check = Encryption.check(object.attributes().encryption(), key);
    if (check == Encryption.KeyCheck.FITS) {
      cipher = cores.cipher(object.attributes(), key);
    }
    return check;
  }

  /// A part of its bytes.
  public InputStream stream(long offset, long length) {
    if (blob.isEmpty() || length == 0) {
      return InputStream.nullInputStream();
    }
    if (object.attributes().encryption().isEmpty()) {
      return cores.drive().read(blob.get(), offset, length);
    }
    ObjectCipher key = cipher.orElseThrow(() -> new IllegalStateException("it is locked"));
    return object.parts().isEmpty()
        ? key.apply(cores.drive().read(blob.get(), offset, length), 0, offset)
        : new SequenceInputStream(Collections.enumeration(parts(key, offset, length)));
  }

  /// The bytes of an encrypted object that came in parts, each under a nonce of its own.
  private List<InputStream> parts(ObjectCipher key, long offset, long length) {
    List<InputStream> streams = new ArrayList<>();
    long begin = 0;
    for (ObjectPart part : object.parts()) {
      long from = Math.max(offset, begin);
      long to = Math.min(offset + length, begin + part.size());
      if (from < to) {
        InputStream bytes = cores.drive().read(blob.orElseThrow(), from, to - from);
        streams.add(key.apply(bytes, part.nonce(), from - begin));
      }
      begin += part.size();
    }
    return streams;
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
      pin.close();
      cores.use().leave();
    }
  }
}
