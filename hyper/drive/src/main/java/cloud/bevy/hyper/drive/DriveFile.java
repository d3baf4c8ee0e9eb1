package cloud.bevy.hyper.drive;

/// An entry at its path.
///
/// @param path where it is, exactly as it was put
/// @param sequence the index of the block that put it: later puts have larger ones
/// @param entry what is there
public record DriveFile(String path, long sequence, DriveEntry entry) {
  /// Whether it was put later than another of the same drive.
  public boolean newerThan(DriveFile other) {
    return sequence > other.sequence;
  }
}
