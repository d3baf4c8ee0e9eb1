package cloud.bevy.doors.aws;

import java.io.IOException;

/// Carries an [S3Error] from where a request is found wanting to where it is answered. It is an
/// `IOException` so that the streams that check a body can throw it.
final class S3Exception extends IOException {
  private static final long serialVersionUID = 1;
  private final S3Error error;

  S3Exception(S3Error error, String message) {
    super(message);
    this.error = error;
  }

  /// Which error it is.
  S3Error error() {
    return error;
  }

  /// Refusals are answers, not faults: nobody looks at where they come from.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
