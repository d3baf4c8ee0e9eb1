package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/// Entries as a bee has them: the key is the path, the value JSON.
///
/// @param bee the sub-bee of the files
/// @param blobs where their bytes are
record EntryView(BeeView bee, Blobs blobs) implements DriveView {
  /// The sub-bee of the files.
  static final byte[] FILES = "files".getBytes(StandardCharsets.UTF_8);

  @Override
  public long version() {
    return bee.version();
  }

  @Override
  public Optional<DriveFile> entry(String path) {
    return bee.get(key(path)).map(EntryView::file);
  }

  @Override
  public Iterator<DriveFile> list(Listing listing) {
    BeeCursor cursor = bee.range(range(listing));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public DriveFile next() {
        return file(cursor.next());
      }
    };
  }

  @Override
  public long size(BlobId blob) {
    return blobs.size(blob);
  }

  @Override
  public InputStream read(BlobId blob, long from, long length) {
    return blobs.read(blob, from, length);
  }

  /// The range of a folder's files in the whole bee.
  static Range range(String folder) {
    return Range.prefix(whole(DrivePath.folder(folder) + "/"));
  }

  /// The key of a path, or the beginning of one, in the whole bee.
  static byte[] whole(String path) {
    byte[] key = key(path);
    byte[] whole = Arrays.copyOf(FILES, FILES.length + 1 + key.length);
    System.arraycopy(key, 0, whole, FILES.length + 1, key.length);
    return whole;
  }

  /// The path that an entry of the whole bee has, if it is a file's.
  static Optional<String> pathOfWhole(BeeEntry entry) {
    byte[] key = entry.key();
    byte[] prefix = whole("");
    boolean file =
        key.length >= prefix.length
            && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    if (!file) {
      return Optional.empty();
    }
    try {
      return Optional.of(EntryCodec.utf8(Arrays.copyOfRange(key, prefix.length, key.length)));
    } catch (MalformedException e) {
      throw malformed(entry, e);
    }
  }

  /// A file as the whole bee has it.
  static DriveFile ofWhole(BeeEntry entry) {
    byte[] path = Arrays.copyOfRange(entry.key(), FILES.length + 1, entry.key().length);
    return file(new BeeEntry(entry.sequence(), path, entry.value()));
  }

  static byte[] key(String path) {
    return path.getBytes(StandardCharsets.UTF_8);
  }

  private static Range range(Listing listing) {
    Range range = Range.prefix(key(listing.prefix()));
    return listing.start().map(start -> begin(range, start)).orElse(range);
  }

  private static Range begin(Range range, Listing.Start start) {
    return switch (start) {
      case Listing.Start.After(String path) -> range.intersect(Range.all().gt(key(path)));
      case Listing.Start.From(String path) -> range.intersect(Range.all().gte(key(path)));
      case Listing.Start.Past(String prefix) -> range.intersect(Range.past(key(prefix)));
    };
  }

  private static DriveFile file(BeeEntry entry) {
    try {
      return new DriveFile(
          EntryCodec.utf8(entry.key()), entry.sequence(), EntryCodec.read(entry.value()));
    } catch (MalformedException e) {
      throw malformed(entry, e);
    }
  }

  private static DriveFault malformed(BeeEntry entry, MalformedException reason) {
    return new DriveFault(
        DriveFault.Kind.MALFORMED,
        "entry " + entry.sequence() + " is not a drive's: " + reason.getMessage());
  }
}
