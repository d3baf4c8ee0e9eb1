package cloud.bevy.doors.aws;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a SigV4 signing key is good for: one day, one region, one service.
///
/// @param date `yyyyMMdd` in UTC
record CredentialScope(String date, String region, String service) {
  private static final String TERMINATOR = "aws4_request";
  private static final Pattern DATE = Pattern.compile("[0-9]{8}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /// A credential as it stands in a request: `KEY/date/region/service/aws4_request`.
  record Credential(String accessKeyId, CredentialScope scope) {}

  /// Reads a credential. The access key id may itself hold slashes, so it is read from the right.
  static Optional<Credential> read(String text) {
    String[] parts = text.split("/", -1);
    int end = parts.length;
    if (end < 5 || !parts[end - 1].equals(TERMINATOR) || !DATE.matcher(parts[end - 4]).matches()) {
      return Optional.empty();
    }
    if (!NAME.matcher(parts[end - 3]).matches() || !NAME.matcher(parts[end - 2]).matches()) {
      return Optional.empty();
    }
    CredentialScope scope = new CredentialScope(parts[end - 4], parts[end - 3], parts[end - 2]);
    String id = String.join("/", Arrays.copyOf(parts, end - 4));
    return id.isEmpty() ? Optional.empty() : Optional.of(new Credential(id, scope));
  }

  /// The form that is signed.
  String text() {
    return date + "/" + region + "/" + service + "/" + TERMINATOR;
  }
}
