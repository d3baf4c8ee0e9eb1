package cloud.bevy.foundation.base;

/// What nobody can decide upon at the place where it happens. It ends the owner of the broken state
/// and is reported once: thrown or logged, never both. Each module has faults of its own.
///
/// Input from outside is never a fault: it is refused with the protocol's own error.
public abstract class Fault extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int FRAMES = 8;
  private static final int CAUSES = 8;

  private final String hint;

  /// @param message what was tried, on what, and why it did not work
  /// @param hint what a person can do
  protected Fault(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /// @param message what was tried, on what, and why it did not work
  /// @param hint what a person can do
  protected Fault(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /// What a person can do.
  public final String hint() {
    return hint;
  }

  /// One line for the log: the fault, what caused it, what to do, and where in the code it was.
  public static String describe(Throwable thrown) {
    StringBuilder line = new StringBuilder(thrown.toString());
    if (thrown instanceof Fault fault) {
      line.append(": ").append(fault.hint());
    }
    Throwable last = thrown;
    for (int depth = 0; last.getCause() != null && depth < CAUSES; depth++) {
      last = last.getCause();
      line.append(", because of ").append(last);
    }
    return line.append(where(last)).toString();
  }

  private static String where(Throwable thrown) {
    StringBuilder frames = new StringBuilder();
    StackTraceElement[] trace = thrown.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, trace.length); i++) {
      String type = trace[i].getClassName();
      frames
          .append(i == 0 ? " (at " : " < ")
          .append(type.substring(type.lastIndexOf('.') + 1))
          .append('.')
          .append(trace[i].getMethodName())
          .append(':')
          .append(trace[i].getLineNumber());
    }
    return frames.isEmpty() ? "" : frames.append(')').toString();
  }
}
