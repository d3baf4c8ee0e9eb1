package cloud.bevy.hyper.drive;

import java.util.Optional;

/// A path at which two versions of a drive do not have the same entry. At least one side is there.
///
/// @param before what was there
/// @param after what is there
public record DriveDifference(Optional<DriveFile> before, Optional<DriveFile> after) {
  /// Where it is.
  public String path() {
    return after.or(() -> before).orElseThrow().path();
  }
}
