package cloud.bevy.hyper.wire;

/// Bytes or a text from outside are not what they should be. The message names what is wrong and
/// never quotes what was sent. There is no stack trace: to refuse is as cheap as to accept, so that
/// nobody gains by sending nonsense.
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  /// @param message what is wrong
  public MalformedException(String message) {
    super(message, null, false, false);
  }
}
