package cloud.bevy.doors.aws;

import cloud.bevy.foundation.http.Headers;
import java.util.List;
import java.util.Set;

/// Headers that ask for something this door does not do. A request that has one is refused rather
/// than carried out without it.
final class UnsupportedHeaders {
  private static final List<String> PREFIXES =
      List.of(
          "x-amz-server-side-encryption-aws-",
          "x-amz-server-side-encryption-bucket-",
          "x-amz-server-side-encryption-context",
          "x-amz-grant-",
          "x-amz-mfa",
          "x-amz-write-offset-bytes",
          "x-amz-rename-source");

  /// What the owner of everything may do anyway.
  private static final Set<String> OWNERS_ACL = Set.of("private", "bucket-owner-full-control");

  private UnsupportedHeaders() {}

  /// Refuses what is not done.
  ///
  /// @param ownerId whom `x-amz-expected-bucket-owner` must name
  static void refuse(Headers headers, String ownerId) throws S3Exception {
    for (String name : headers.names()) {
      String value = headers.first(name).orElse("");
      if (unsupported(name, value)) {
        throw S3Error.NOT_IMPLEMENTED.refused(
            "A header you provided implies functionality that is not implemented: " + name);
      }
      boolean owner =
          name.endsWith("expected-bucket-owner") || name.endsWith("source-bucket-owner");
      if (owner && !value.equals(ownerId)) {
        throw S3Error.ACCESS_DENIED.refused();
      }
    }
  }

  private static boolean unsupported(String name, String value) {
    if (name.equals("x-amz-acl")) {
      return !OWNERS_ACL.contains(value);
    }
    return PREFIXES.stream().anyMatch(name::startsWith) && !value.equals("false");
  }
}
