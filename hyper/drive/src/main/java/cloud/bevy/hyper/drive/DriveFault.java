package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.Fault;

/// A drive that cannot be read or written as it is.
public final class DriveFault extends Fault {
  private static final long serialVersionUID = 1;

  /// What is wrong.
  public enum Kind {
    /// An entry or a block map is not one of a drive.
    MALFORMED("The drive was written by a broken program: do not trust it"),
    /// A block is not on this machine.
    MISSING("Get the block from a replica that has it"),
    /// A block is not on this machine, and nobody sent it in time.
    UNREACHABLE("Connect to a peer that has the block, or wait for longer"),
    /// A path leads through too many links, or in circles.
    LINKS("Look at the links on the way: one of them leads back"),
    /// A block was read from the disk and its checksum is wrong.
    CORRUPT("The disk has damaged it: get the block from a replica or restore a backup"),
    /// The bytes were not made durable in time. They may yet be.
    SLOW("The disk does not keep up: try again");

    private final String hint;

    Kind(String hint) {
      this.hint = hint;
    }
  }

  private final Kind kind;

  DriveFault(Kind kind, String message) {
    super(message, kind.hint);
    this.kind = kind;
  }

  /// What is wrong.
  public Kind kind() {
    return kind;
  }
}
