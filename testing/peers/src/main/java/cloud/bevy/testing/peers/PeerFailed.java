package cloud.bevy.testing.peers;

/// The peer could not do what it was asked for, or did not answer.
public final class PeerFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A failure, in the peer's words.
  public PeerFailed(String message) {
    super(message);
  }
}
