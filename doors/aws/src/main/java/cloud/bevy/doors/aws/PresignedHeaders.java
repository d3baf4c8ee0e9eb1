package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Headers that whoever presigned a URL has put into its query string, as SDKs do with metadata and
/// access lists: they mean what they would mean as headers, and whoever uses the URL need not send
/// them. A header that is sent as well is what counts; it was signed, too. Checksums are left
/// alone, as in S3: AWS's SDK for JavaScript signs that of no bytes, not knowing what will be sent.
final class PresignedHeaders {
  private static final String PREFIX = "x-amz-";

  /// What of a signature begins like a header.
  private static final Set<String> OF_THE_SIGNATURE =
      Set.of(
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-signedheaders",
          "x-amz-signature",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private static final List<String> CHECKSUMS =
      List.of("x-amz-checksum-", "x-amz-sdk-checksum-algorithm");

  private static final Set<String> CONDITIONS =
      Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since");

  private PresignedHeaders() {}

  /// Adds to a request's headers those in its query string. Its signature has been verified.
  ///
  /// @throws S3Exception where a value cannot be one of a header
  static void add(SignedRequest request) throws S3Exception {
    Headers headers = request.headers();
    for (QueryString.Parameter parameter : request.query().parameters()) {
      String name = parameter.name().toLowerCase(Locale.ROOT);
      if (isHeader(name) && !headers.has(name)) {
        add(headers, name, parameter.value());
      }
    }
  }

  private static boolean isHeader(String name) {
    return CONDITIONS.contains(name)
        || (name.startsWith(PREFIX)
            && !OF_THE_SIGNATURE.contains(name)
            && CHECKSUMS.stream().noneMatch(name::startsWith));
  }

  private static void add(Headers headers, String name, String value) throws S3Exception {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    try {
      headers.add(name, new String(utf8, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException notAHeader) {
      throw S3Error.INVALID_ARGUMENT
          .refused("Header value cannot be represented using ISO-8859-1.")
          .about(name, value);
    }
  }
}
