package cloud.bevy.doors.aws;

import java.util.Optional;

/// Version ids, of which an object here has one: `null`.
final class VersionIds {
  private VersionIds() {}

  /// Refuses a request for another version than `null`.
  static void check(S3Call call) throws S3Exception {
    check(call.query().first("versionId"));
  }

  /// Refuses another version than `null`.
  static void check(Optional<String> versionId) throws S3Exception {
    if (versionId.isPresent() && !versionId.get().equals("null")) {
      throw S3Error.INVALID_ARGUMENT.refused("Invalid version id specified");
    }
  }
}
