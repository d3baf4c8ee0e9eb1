package cloud.bevy.doors.aws;

import java.util.Optional;
import java.util.regex.Pattern;

/// The keys with names under which objects are encrypted as with AWS's key management service
/// (SSE-KMS). There is no such service here: the cloud has a key for every name, so none has to be
/// made first, and none can be deleted.
final class KmsKey {
  /// What says that an object is encrypted so.
  static final String ALGORITHM = "aws:kms";

  private static final String BY_DEFAULT = "alias/aws/s3";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9:/_-]{1,2048}");

  private KmsKey() {}

  /// The name of a key: an id, an ARN, an alias, or what else a caller calls it.
  ///
  /// @param name nothing for the key of whoever names none
  static String named(Optional<String> name) throws S3Exception {
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      throw S3Error.KMS_NOT_FOUND.refused("Invalid keyId " + name.get());
    }
    return name.orElse(BY_DEFAULT);
  }
}
