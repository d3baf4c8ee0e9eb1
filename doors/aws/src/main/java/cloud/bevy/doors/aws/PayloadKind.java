package cloud.bevy.doors.aws;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `x-amz-content-sha256` says of a body: how it is sent and what protects it.
sealed interface PayloadKind {
  Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

  /// The body has this SHA-256, in lower-case hexadecimal.
  record Hashed(String sha256) implements PayloadKind {}

  /// The body is not covered by the signature.
  record Unsigned() implements PayloadKind {}

  /// The body is sent in aws-chunked encoding.
  ///
  /// @param signed whether each chunk carries a signature
  /// @param trailer whether header fields follow the last chunk
  record Chunked(boolean signed, boolean trailer) implements PayloadKind {}

  /// The body is the file of a form, which only the form's policy says something of.
  record File() implements PayloadKind {}

  /// Reads the header's value; nothing where it is none of S3's.
  static Optional<PayloadKind> read(String value) {
    return switch (value) {
      case "UNSIGNED-PAYLOAD" -> Optional.of(new Unsigned());
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> Optional.of(new Chunked(true, false));
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> Optional.of(new Chunked(true, true));
      case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> Optional.of(new Chunked(false, true));
      default ->
          HASH.matcher(value).matches()
              ? Optional.of(new Hashed(value.toLowerCase(Locale.ROOT)))
              : Optional.empty();
    };
  }
}
