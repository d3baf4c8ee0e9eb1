package cloud.bevy.doors.aws;

import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.PastBucket;
import cloud.bevy.services.buckets.PointInTime;
import cloud.bevy.services.buckets.ResolvedPoint;
import java.util.Optional;
import java.util.Set;

/// The name of a bucket as it was: `photos@2026-11-26T10:00:00Z`, or `photos--at--20261126t100000z`
/// for clients that let no `@` pass, and for host names.
///
/// @param bucket the bucket's name
/// @param point when
record PastName(String bucket, PointInTime point) {
  /// What can be asked of a bucket as it was.
  private static final Set<String> OPERATIONS =
      Set.of(
          "GetBucketLocation",
          "GetObject",
          "GetObjectAttributes",
          "GetObjectTagging",
          "HeadBucket",
          "HeadObject",
          "ListObjectVersions",
          "ListObjects",
          "ListObjectsV2");

  /// Reads a name.
  ///
  /// @return nothing where it is that of a bucket as it is
  /// @throws S3Exception where it names no point in time
  static Optional<PastName> read(String name) throws S3Exception {
    int at = name.indexOf('@');
    int end = at + 1;
    if (at < 0) {
      at = name.indexOf(BucketName.PAST);
      end = at + BucketName.PAST.length();
    }
    if (at < 0) {
      return Optional.empty();
    }
    String when = name.substring(end);
    PointInTime point =
        PointInTime.read(when)
            .orElseThrow(() ->
                S3Error.INVALID_BUCKET_NAME.refused(
                    "\""
                        + when
                        + "\" is no point in time: write BUCKET@2026-11-26T10:00:00Z, BUCKET@-2h or"
                        + " BUCKET@v123."));
    return Optional.of(new PastName(name.substring(0, at), point));
  }

  /// Refuses what cannot be asked of a bucket as it was.
  static void check(String operation) throws S3Exception {
    if (!OPERATIONS.contains(operation)) {
      throw S3Error.METHOD_NOT_ALLOWED.refused(
          "A bucket as it was can be read and listed; it cannot be changed.");
    }
  }

  /// What is said of an object that was there then and whose bytes are no more.
  static S3Exception lost(ObjectKey key) {
    return S3Error.NO_SUCH_KEY.refused(
        "\""
            + key
            + "\" was there then, but its bytes are kept no longer: it was overwritten or deleted"
            + " longer ago than the bucket keeps its history.");
  }

  /// The bucket as it was.
  PastBucket in(Bucket present) throws S3Exception {
    return switch (present.past().find(point)) {
      case ResolvedPoint.Found(long version) -> present.past().at(version);
      case ResolvedPoint.TooEarly(var created) ->
          throw S3Error.NO_SUCH_BUCKET.refused(
              "The bucket did not exist then: it was made at " + created + ".");
      case ResolvedPoint.NotYet(long newest) ->
          throw S3Error.INVALID_ARGUMENT.refused(
              "That is still to come: the newest version of the bucket is v" + newest + ".");
    };
  }
}
