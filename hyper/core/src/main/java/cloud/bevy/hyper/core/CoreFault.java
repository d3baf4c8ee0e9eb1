package cloud.bevy.hyper.core;

import cloud.bevy.foundation.base.Fault;
import cloud.bevy.hyper.store.CoreId;
import java.util.List;

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
    /// Who may sign the core is not known yet: nothing was accepted of it.
    UNKNOWN,
    /// The core's signer has signed two histories under one fork: the core is frozen.
    CONFLICT,
    /// What the store holds under the core's name is not that core, or was written by a newer
    /// version of the program.
    FOREIGN
  }

  private final Kind kind;

  private final transient List<Proof.Message> evidence;

  CoreFault(Kind kind, String message, String hint) {
    this(kind, message, hint, List.of());
  }

  private CoreFault(Kind kind, String message, String hint, List<Proof.Message> evidence) {
    super(message, hint);
    this.kind = kind;
    this.evidence = evidence;
  }

  /// Two signed histories of one core.
  static CoreFault conflict(CoreId id, long length, List<Proof.Message> evidence) {
    return new CoreFault(
        Kind.CONFLICT,
        "core " + id + " is frozen: its signer has signed two histories of " + length + " blocks",
        "find out where the signer's key was used twice; then copy the core to one of a new key",
        evidence);
  }

  /// The fault once more, for another who meets it.
  CoreFault again() {
    CoreFault again = new CoreFault(kind, String.valueOf(getMessage()), hint(), evidence);
    again.initCause(this);
    return again;
  }

  /// For a conflict, the proofs of both histories, ours first: each convinces whoever has the
  /// core's key. Else nothing.
  public List<Proof.Message> evidence() {
    return evidence;
  }

  /// What kind of fault it is.
  public Kind kind() {
    return kind;
  }
}
