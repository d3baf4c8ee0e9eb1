package cloud.bevy.hyper.stream;

import java.io.IOException;

/// The other side broke the rules, and the stream has ended. The message says which rule, and never
/// quotes what was sent.
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param message which rule was broken
  public RefusedException(String message) {
    super(message);
  }
}
