package cloud.bevy.doors.aws;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// Carries an [S3Error] from where a request is found wanting to where it is answered. It is an
/// `IOException` so that the streams that check a body can throw it.
final class S3Exception extends IOException {
  private static final long serialVersionUID = 1;
  private final S3Error error;
  private final transient List<Detail> details;

  /// What an error's document says beyond its code and its message, in an element of its own.
  ///
  /// @param name of the element
  record Detail(String name, String value) {}

  S3Exception(S3Error error, String message) {
    this(error, message, List.of());
  }

  private S3Exception(S3Error error, String message, List<Detail> details) {
    super(message);
    this.error = error;
    this.details = details;
  }

  /// The same error with one more detail.
  S3Exception with(String name, Object value) {
    Detail detail = new Detail(name, String.valueOf(value));
    List<Detail> more = Stream.concat(details.stream(), Stream.of(detail)).toList();
    return new S3Exception(error, String.valueOf(getMessage()), more);
  }

  /// The same error, about an argument of the request.
  ///
  /// @param name of the header, the parameter or the field
  S3Exception about(String name, String value) {
    return with("ArgumentName", name).with("ArgumentValue", value);
  }

  /// Which error it is.
  S3Error error() {
    return error;
  }

  /// What was said of it in particular.
  List<Detail> details() {
    return details;
  }

  /// Refusals are answers, not faults: nobody looks at where they come from.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
