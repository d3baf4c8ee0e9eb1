package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.Fault;

/// Why a cloud cannot do what it was asked for, where the caller has no say in it.
public final class CloudFault extends Fault {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /// @param message what was tried, on what, and what happened
  /// @param hint what a person can do
  public CloudFault(Kind kind, String message, String hint) {
    super(message, hint);
    this.kind = kind;
  }

  /// @param message what was tried, on what, and what happened
  /// @param hint what a person can do
  public CloudFault(Kind kind, String message, String hint, Throwable cause) {
    super(message, hint, cause);
    this.kind = kind;
  }

  /// What kind of fault it is.
  public Kind kind() {
    return kind;
  }

  /// The kinds of faults.
  public enum Kind {
    /// No space is left on the disk: writes are refused, reads go on.
    DISK_FULL,
    /// The write was not done, because one before it failed or too many wait: it may be tried
    /// again.
    BUSY,
    /// The store has stopped, or the program is ending.
    STOPPED,
    /// The disk did not answer in time. The write may or may not become durable.
    TIMEOUT,
    /// What is on disk is damaged or not ours.
    DAMAGED,
    /// Another process holds the state folder.
    IN_USE
  }
}
