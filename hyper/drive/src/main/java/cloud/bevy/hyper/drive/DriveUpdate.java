package cloud.bevy.hyper.drive;

/// A version of a drive that came after another. What has changed is [Drive#differences] of the
/// two.
///
/// @param before the drive as it was; empty where it was truncated since, so that everything there
///   is counts as new
/// @param after the drive as it is
/// @param truncated whether it was truncated since
public record DriveUpdate(DriveView before, DriveView after, boolean truncated) {}
