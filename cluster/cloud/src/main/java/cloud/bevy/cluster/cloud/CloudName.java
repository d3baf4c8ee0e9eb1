package cloud.bevy.cluster.cloud;

import java.util.Optional;

/// The rules for what a cloud may be called: the letters a DNS label is made of, so that a name can
/// stand in a host name.
final class CloudName {
  static final int MAX_LENGTH = 63;

  private CloudName() {}

  /// Why `name` cannot be a cloud's name, or nothing if it can.
  static Optional<String> refusal(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return Optional.of("a cloud's name has 1 to " + MAX_LENGTH + " characters");
    }
    if (!name.chars().allMatch(CloudName::allowed)) {
      return Optional.of("a cloud's name has only a-z, 0-9 and -");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      return Optional.of("a cloud's name neither begins nor ends with -");
    }
    return Optional.empty();
  }

  private static boolean allowed(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9')
        || character == '-';
  }
}
