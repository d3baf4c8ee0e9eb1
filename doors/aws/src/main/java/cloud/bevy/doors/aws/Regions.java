package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.BucketSummary;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Regions, which a cloud remembers and otherwise does not have.
final class Regions {
  private static final String DEFAULT = "us-east-1";
  private static final Set<String> KNOWN =
      Set.of(
          "EU",
          "af-south-1",
          "ap-east-1",
          "ap-east-2",
          "ap-northeast-1",
          "ap-northeast-2",
          "ap-northeast-3",
          "ap-south-1",
          "ap-south-2",
          "ap-southeast-1",
          "ap-southeast-2",
          "ap-southeast-3",
          "ap-southeast-4",
          "ap-southeast-5",
          "ap-southeast-6",
          "ap-southeast-7",
          "ca-central-1",
          "ca-west-1",
          "cn-north-1",
          "cn-northwest-1",
          "eu-central-1",
          "eu-central-2",
          "eu-north-1",
          "eu-south-1",
          "eu-south-2",
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "il-central-1",
          "me-central-1",
          "me-south-1",
          "mx-central-1",
          "sa-east-1",
          "us-east-2",
          "us-gov-east-1",
          "us-gov-west-1",
          "us-west-1",
          "us-west-2");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-]{1,64}");

  private Regions() {}

  /// The region a bucket says it is in.
  static String name(BucketSummary bucket) {
    return switch (bucket.region()) {
      case "" -> DEFAULT;
      case "EU" -> "eu-west-1"; // as a location constraint called it before there were more
      default -> bucket.region();
    };
  }

  /// The region to remember for a bucket that is made with a location constraint: one of those that
  /// S3 has, or the one that the caller's client is configured for, whatever that is called. That
  /// which is meant where there is none cannot be said, as at AWS.
  static String remembered(String constraint, Optional<String> signed) throws S3Exception {
    boolean own = NAME.matcher(constraint).matches() && signed.equals(Optional.of(constraint));
    if (constraint.equals(DEFAULT) || (!own && !KNOWN.contains(constraint))) {
      throw S3Error.INVALID_LOCATION_CONSTRAINT.refused().with("LocationConstraint", constraint);
    }
    return constraint;
  }
}
