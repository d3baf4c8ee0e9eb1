package cloud.bevy.foundation.base;

/// What is at a path of a disk, a link being itself and not what it points to.
///
/// @param kind what it is
/// @param executable whether it is a file that may be run; never where the file system cannot say
/// @param size of a file, in bytes; 0 for all else
public record DiskEntry(Kind kind, boolean executable, long size) {
  /// What can be at a path.
  public enum Kind {
    /// Bytes with a name.
    FILE,
    /// A folder.
    FOLDER,
    /// A symbolic link.
    LINK,
    /// A device, a pipe or a socket.
    OTHER
  }

  /// Whether it is this.
  public boolean is(Kind other) {
    return kind == other;
  }
}
