package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Fault;

/// Why a store could not do what was asked: what was tried, on what, and what a person can do.
public final class StoreFault extends Fault {
  private static final long serialVersionUID = 1;

  /// What kind of fault it is.
  public enum Kind {
    /// No space is left. The batch was not stored; reading goes on, and so does writing once there
    /// is room.
    DISK_FULL,
    /// The store writes no more, because the disk failed or because it was closed. Reading goes on
    /// unless it was closed.
    STOPPED,
    /// The batch was made from a state that is no longer: an earlier batch of the same core failed,
    /// or the core was dropped. Find the core again and look at its head.
    STALE,
    /// What the batch builds on was not stored: [Batch#behind]. Nothing of its cores has changed.
    UNFOUNDED,
    /// More is queued than the disk takes, for longer than the store is willing to wait.
    OVERLOADED,
    /// The folder holds something that is not a store.
    FOREIGN,
    /// The store was written by a newer version of the program.
    NEWER,
    /// Another process has the store open.
    LOCKED,
    /// What is on the disk cannot be what the store wrote.
    DAMAGED,
    /// The disk refused to be read or written while the store was opened.
    UNREADABLE
  }

  private final Kind kind;

  StoreFault(Kind kind, String message, String hint) {
    super(message, hint);
    this.kind = kind;
  }

  StoreFault(Kind kind, String message, String hint, Throwable cause) {
    super(message, hint, cause);
    this.kind = kind;
  }

  /// What builds on something that the store did not take cannot be stored.
  public static StoreFault unfounded() {
    return new StoreFault(
        Kind.UNFOUNDED,
        "what was to be stored builds on something that could not be stored",
        "the reason is what that failed for; write both again");
  }

  /// What kind of fault it is.
  public Kind kind() {
    return kind;
  }
}
