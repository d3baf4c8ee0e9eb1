package cloud.bevy.doors.aws;

/// Carries a [Refusal] out of nested reading; never leaves this package.
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Refusal refusal;

  RefusedException(Refusal.Kind kind, String detail) {
    super(kind + " " + detail, null, false, false);
    this.refusal = new Refusal(kind, detail);
  }

  /// What is wrong.
  Refusal refusal() {
    return refusal;
  }
}
