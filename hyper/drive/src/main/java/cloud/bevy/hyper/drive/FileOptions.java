package cloud.bevy.hyper.drive;

import java.util.Optional;

/// What a file is beside its bytes.
///
/// @param executable whether it may be run
/// @param metadata any JSON, as text, which is not checked
public record FileOptions(boolean executable, Optional<String> metadata) {
  /// Not to be run, and without metadata.
  public static final FileOptions PLAIN = new FileOptions(false, Optional.empty());

  /// To be run, and without metadata.
  public static final FileOptions EXECUTABLE = new FileOptions(true, Optional.empty());

  /// The same with metadata.
  public FileOptions withMetadata(String json) {
    return new FileOptions(executable, Optional.of(json));
  }

  DriveEntry entry(BlobId blob) {
    return new DriveEntry(executable, Optional.empty(), Optional.of(blob), metadata);
  }
}
