package cloud.bevy.doors.aws;

/// Policies for tests.
final class Policies {
  private Policies() {}

  /// A policy about everybody.
  ///
  /// @param resource what stands behind `arn:aws:s3:::`
  /// @param more further fields of its statement, with a comma before them
  static String of(String effect, String action, String resource, String more) {
    return """
    {"Version": "2012-10-17", "Statement": [{"Effect": "%s", "Principal": {"AWS": "*"},
     "Action": "%s", "Resource": "arn:aws:s3:::%s"%s}]}
    """
        .formatted(effect, action, resource, more);
  }
}
