package cloud.bevy.hyper.drive;

import java.util.Iterator;
import java.util.Optional;

/// A drive's entries that can be read. Paths are taken exactly as they are: nothing is normalised
/// and no link is followed.
public interface DriveView {
  /// The version that is seen.
  long version();

  /// What is at a path.
  Optional<DriveFile> entry(String path);

  /// What is at some paths, in the order of the paths' bytes, read lazily.
  Iterator<DriveFile> list(Listing listing);
}
