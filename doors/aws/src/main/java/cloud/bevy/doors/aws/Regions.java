package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.BucketSummary;
import java.util.regex.Pattern;

/// Regions, which a cloud remembers and otherwise does not have.
final class Regions {
  private static final String DEFAULT = "us-east-1";

  /// A region's name as AWS forms them; which there are is nobody's to say but AWS's.
  private static final Pattern NAME =
      Pattern.compile("EU|[a-z]{2,10}(-[a-z]{2,20}){1,3}-[0-9]{1,2}");

  private Regions() {}

  /// The region a bucket says it is in.
  static String name(BucketSummary bucket) {
    return switch (bucket.region()) {
      case "" -> DEFAULT;
      case "EU" -> "eu-west-1"; // as a location constraint called it before there were more
      default -> bucket.region();
    };
  }

  /// The region to remember for a bucket that is made with a location constraint. That of the
  /// region which is meant where there is none cannot be said, as at AWS.
  static String remembered(String constraint) throws S3Exception {
    if (constraint.equals(DEFAULT) || !NAME.matcher(constraint).matches()) {
      throw S3Error.INVALID_LOCATION_CONSTRAINT.refused().with("LocationConstraint", constraint);
    }
    return constraint;
  }
}
