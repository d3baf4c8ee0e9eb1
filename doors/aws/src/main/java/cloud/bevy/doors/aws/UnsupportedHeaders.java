package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Headers;
import java.util.List;

/// Headers that ask for something this door does not do. A request that has one is refused rather
/// than carried out without it.
final class UnsupportedHeaders {
  private static final List<String> PREFIXES =
      List.of(
          "x-amz-server-side-encryption-context",
          "x-amz-mfa",
          "x-amz-write-offset-bytes",
          "x-amz-rename-source");

  private UnsupportedHeaders() {}

  /// Refuses what is not done.
  static void refuse(Headers headers) throws S3Exception {
    for (String name : headers.names()) {
      String value = headers.first(name).orElse("");
      if (unsupported(name, value)) {
        throw S3Error.NOT_IMPLEMENTED.refused(
            "A header you provided implies functionality that is not implemented: " + name);
      }
    }
  }

  private static boolean unsupported(String name, String value) {
    return PREFIXES.stream().anyMatch(name::startsWith) && !value.equals("false");
  }
}
