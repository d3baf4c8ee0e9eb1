package cloud.bevy.hyper.drive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;

/// A drive's entries and their bytes, to be read.
///
/// What takes an entry's or a listing's path takes it exactly as it is: nothing is normalised and
/// no link is followed. What takes a file's or a folder's path brings it into its usual form
/// ([DrivePath]), as hyperdrive does.
public interface DriveView {
  /// How many links are followed, as in hyperdrive.
  int MOST_LINKS = 16;

  /// The largest file that is read whole, in bytes.
  int MOST_BYTES = 1 << 30;

  /// The version that is seen.
  long version();

  /// What is at a path.
  Optional<DriveFile> entry(String path);

  /// What is at some paths, in the order of the paths' bytes, read lazily.
  Iterator<DriveFile> list(Listing listing);

  /// How many bytes a blob has.
  long size(BlobId blob);

  /// Some of a blob's bytes; of blocks without any of them nothing is read.
  ///
  /// @param from how many bytes to leave out
  /// @param length how many bytes at most
  InputStream read(BlobId blob, long from, long length);

  /// What a folder has, in the order of the paths' bytes, read lazily.
  default Iterator<DriveFile> list(Folder folder) {
    return new FolderFiles(this, folder);
  }

  /// The names of the files and folders in a folder, in the order of their bytes, read lazily.
  default Iterator<String> names(String folder) {
    return new FolderNames(this, folder);
  }

  /// Whether there is a file or a link.
  default boolean exists(String path) {
    return entry(DrivePath.normal(path)).isPresent();
  }

  /// What a path leads to, through links.
  ///
  /// @return nothing where it leads nowhere, or out of the drive
  /// @throws DriveFault where it leads through more than [#MOST_LINKS] links
  default Optional<DriveFile> follow(String path) {
    String at = DrivePath.normal(path);
    for (int links = 0; links < MOST_LINKS; links++) {
      Optional<DriveFile> file = entry(at);
      Optional<String> link = file.flatMap(it -> it.entry().linkname());
      if (link.isEmpty()) {
        return file;
      }
      try {
        at = DrivePath.follow(at, link.get());
      } catch (IllegalArgumentException outside) {
        return Optional.empty();
      }
    }
    throw new DriveFault(DriveFault.Kind.LINKS, path + " leads through too many links");
  }

  /// A file's bytes, all of them in memory.
  ///
  /// @return nothing where there is no file; a link is not followed
  /// @throws IllegalArgumentException for a file over [#MOST_BYTES]: [#open] it
  default Optional<byte[]> get(String path) {
    return blob(path).map(this::whole);
  }

  private byte[] whole(BlobId blob) {
    long size = size(blob);
    if (size > MOST_BYTES) {
      throw new IllegalArgumentException("a file of " + size + " bytes is to be read in parts");
    }
    try (InputStream in = read(blob, 0, size)) {
      byte[] bytes = in instanceof BlobInput blocks ? blocks.all((int) size) : in.readAllBytes();
      if (bytes.length != size) {
        throw BlobBlocks.malformed(blob, "it ends early");
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("a blob fails with faults of its own", e);
    }
  }

  /// A file's bytes, read block by block.
  ///
  /// @return nothing where there is no file; a link is not followed
  default Optional<InputStream> open(String path) {
    return open(path, 0, Long.MAX_VALUE);
  }

  /// Some of a file's bytes.
  ///
  /// @param from how many bytes to leave out
  /// @param length how many bytes at most
  default Optional<InputStream> open(String path, long from, long length) {
    return blob(path).map(blob -> read(blob, from, length));
  }

  private Optional<BlobId> blob(String path) {
    return entry(DrivePath.normal(path)).flatMap(file -> file.entry().blob());
  }
}
