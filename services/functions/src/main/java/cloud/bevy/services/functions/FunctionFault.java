package cloud.bevy.services.functions;

import cloud.bevy.foundation.base.Fault;

/// A function that cannot be run, or was stopped, though nothing is wrong with the request. The
/// message is for whoever asked; [#kind] says what happened in a word.
public final class FunctionFault extends Fault {
  private static final long serialVersionUID = 1;

  /// What happened, as answers say it in their `error` member.
  public enum Kind {
    /// It used too much processor time.
    FunctionExceededCpu(503, "Make the function do less at a time; other requests are served"),
    /// It held too much memory.
    FunctionExceededMemory(503, "Make the function hold less at a time; other requests are served"),
    /// It did not answer in time.
    FunctionTimedOut(504, "Look at what the function waits for"),
    /// The engine ended while it answered.
    FunctionCrashed(502, "Look into `bevy logs`"),
    /// It was stopped because the cloud closes or was deployed to.
    FunctionStopped(503, "Try again"),
    /// The engine does not run on this machine.
    FunctionsUnavailable(503, "See what the message says; everything but functions works"),
    /// The catalogue of apps cannot be read.
    RecordUnreadable(500, "Deploy the app again, with a version of bevy that is not older");

    private final int status;
    private final String hint;

    Kind(int status, String hint) {
      this.status = status;
      this.hint = hint;
    }

    /// The HTTP status that says the same.
    int status() {
      return status;
    }
  }

  private final Kind kind;

  FunctionFault(Kind kind, String message) {
    super(message, kind.hint);
    this.kind = kind;
  }

  /// What happened.
  public Kind kind() {
    return kind;
  }

  static FunctionFault unavailable(String reason) {
    return new FunctionFault(Kind.FunctionsUnavailable, "functions do not run here: " + reason);
  }

  static FunctionFault unreadableRecord(String reason) {
    return new FunctionFault(
        Kind.RecordUnreadable, "the record of an app cannot be read: " + reason);
  }
}
