package cloud.bevy.hyper.core;

import cloud.bevy.foundation.base.Fault;

/// Why a core could not do what was asked, where the store itself is not to blame.
public final class CoreFault extends Fault {
  private static final long serialVersionUID = 1;

  /// What kind of fault it is.
  public enum Kind {
    /// The core's signer is not here.
    NOT_WRITABLE,
    /// The core does not end where it should for what was to be appended.
    MOVED,
    /// The tree that the core must go on from cannot be read back.
    DAMAGED,
    /// The core's signer has signed two histories under one fork: the core is frozen.
    CONFLICT,
    /// What the store holds under the core's name is not that core, or was written by a newer
    /// version of the program.
    FOREIGN
  }

  private final Kind kind;

  CoreFault(Kind kind, String message, String hint) {
    super(message, hint);
    this.kind = kind;
  }

  /// What kind of fault it is.
  public Kind kind() {
    return kind;
  }
}
