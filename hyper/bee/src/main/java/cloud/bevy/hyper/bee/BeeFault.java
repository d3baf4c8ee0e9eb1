package cloud.bevy.hyper.bee;

import cloud.bevy.foundation.base.Fault;

/// A bee that cannot be read or written as it is.
public final class BeeFault extends Fault {
  private static final long serialVersionUID = 1;

  /// What is wrong.
  public enum Kind {
    /// A block is not one of a bee, or the blocks do not make a tree.
    MALFORMED("The core is not a bee, or was written by a broken program: do not trust it"),
    /// A block is not on this machine.
    MISSING("Get the block from a replica that has it"),
    /// A block is not on this machine, and nobody sent it in time.
    UNREACHABLE("Connect to a peer that has the block, or wait for longer"),
    /// A block was read from the disk and its checksum is wrong.
    CORRUPT("The disk has damaged it: get the block from a replica or restore a backup"),
    /// The core was truncated while a view of what it was before was in use.
    STALE("Look again: there is a newer state"),
    /// Another writer kept its turn for too long.
    BUSY("Try again");

    private final String hint;

    Kind(String hint) {
      this.hint = hint;
    }
  }

  private final Kind kind;

  BeeFault(Kind kind, String message) {
    super(message, kind.hint);
    this.kind = kind;
  }

  /// What is wrong.
  public Kind kind() {
    return kind;
  }
}
