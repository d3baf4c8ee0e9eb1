package cloud.bevy.doors.aws;

import java.io.IOException;

/// Bytes that are no Amazon Ion, or more of it than is read. What follows them cannot be read.
final class IonFault extends IOException {
  private static final long serialVersionUID = 1;

  IonFault(String reason) {
    super(reason);
  }

  /// The reason, for people.
  String reason() {
    return String.valueOf(getMessage());
  }
}
