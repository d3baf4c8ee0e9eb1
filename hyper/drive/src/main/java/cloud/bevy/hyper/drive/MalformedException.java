package cloud.bevy.hyper.drive;

/// Bytes that are not what they should be. Caught where it is known whose bytes they are.
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  /// @param reason what is wrong, as the end of a sentence
  MalformedException(String reason) {
    super(reason, null, false, false);
  }
}
