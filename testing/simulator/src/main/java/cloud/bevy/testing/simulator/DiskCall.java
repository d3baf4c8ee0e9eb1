package cloud.bevy.testing.simulator;

/// What a disk is asked for, as failures are counted.
public enum DiskCall {
  /// Opens a file, and perhaps creates it.
  OPEN,
  /// Reads from a file.
  READ,
  /// Writes to a file.
  WRITE,
  /// Cuts a file.
  TRUNCATE,
  /// Makes a file's content durable.
  SYNC,
  /// Lists a folder.
  LIST,
  /// Creates a folder.
  CREATE_DIRECTORY,
  /// Creates a symbolic link.
  CREATE_LINK,
  /// Says who may run a file.
  CHANGE_RIGHTS,
  /// Renames a file.
  RENAME,
  /// Deletes a file or folder.
  DELETE,
  /// Makes a folder's entries durable.
  SYNC_DIRECTORY,
  /// Takes a lock.
  LOCK;

  /// Whether a disk without room could make this call fail. Opening fails so only where it creates.
  boolean takesRoom() {
    return switch (this) {
      case OPEN, WRITE, CREATE_DIRECTORY, CREATE_LINK, RENAME -> true;
      case READ, TRUNCATE, SYNC, LIST, CHANGE_RIGHTS, DELETE, SYNC_DIRECTORY, LOCK -> false;
    };
  }
}
