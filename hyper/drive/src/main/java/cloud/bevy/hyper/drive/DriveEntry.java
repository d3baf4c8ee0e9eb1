package cloud.bevy.hyper.drive;

import java.util.Optional;

/// What a drive has at a path: a file, an empty file or a symbolic link.
///
/// @param executable whether it may be run
/// @param linkname where it points to, if it is a symbolic link
/// @param blob where its bytes are, if it is a file
/// @param metadata any JSON, as text
public record DriveEntry(
    boolean executable,
    Optional<String> linkname,
    Optional<BlobId> blob,
    Optional<String> metadata) {
  /// A file.
  public static DriveEntry file(BlobId blob) {
    return new DriveEntry(false, Optional.empty(), Optional.of(blob), Optional.empty());
  }

  /// A symbolic link.
  public static DriveEntry link(String target) {
    return new DriveEntry(false, Optional.of(target), Optional.empty(), Optional.empty());
  }

  /// The same with metadata.
  ///
  /// @param json JSON, which is not checked
  public DriveEntry withMetadata(String json) {
    return new DriveEntry(executable, linkname, blob, Optional.of(json));
  }

  /// The same, to be run.
  public DriveEntry asExecutable() {
    return new DriveEntry(true, linkname, blob, metadata);
  }
}
