package cloud.bevy.services.functions;

/// A bundle that cannot be deployed as it is. The message is for the person who wrote it.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  /// @param message what is wrong, and what would be right
  Refusal(String message) {
    super(message);
  }
}
