package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.AccessKeyLimits;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.Access;
import cloud.bevy.services.buckets.AccessRequest;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.ObjectAccess;
import cloud.bevy.services.tables.TransferFailure;
import cloud.bevy.services.tables.TransferPlace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The bucket that an export goes to or an import comes from.
record TransferBucket(Cloud cloud, Bucket bucket) {
  private static final String LIST = "s3:ListBucket";

  /// The bucket of a place.
  ///
  /// @throws TransferFailure if it is not there, or not whose it is said to be
  static TransferBucket of(Cloud cloud, TransferPlace place) {
    Bucket bucket =
        BucketName.of(place.bucket())
            .flatMap(Buckets.in(cloud)::find)
            .orElseThrow(TransferBucket::noSuchBucket);
    String owner = place.owner();
    if (owner != null && !owner.equals(DynamoCall.Origin.ACCOUNT)) {
      throw accessDenied();
    }
    return new TransferBucket(cloud, bucket);
  }

  /// Checks that objects may be listed whose names begin with a prefix.
  ///
  /// @throws TransferFailure if they may not be
  void checkListing(String prefix) {
    check(
        request(LIST, Optional.empty(), Optional.of(prefix), Map.of("s3:prefix", List.of(prefix))),
        Optional.empty());
  }

  /// Checks that something may be done with an object.
  ///
  /// @param action as policies call it
  /// @param object whose it is, where it is there
  /// @throws TransferFailure if it may not be done
  void check(String action, String key, Optional<ObjectAccess> object) {
    check(request(action, Optional.of(key), Optional.empty(), Map.of()), object);
  }

  private AccessRequest request(
      String action,
      Optional<String> key,
      Optional<String> listed,
      Map<String, List<String>> context) {
    return new AccessRequest(
        Optional.of(cloud.account("")),
        AccessKeyLimits.NONE,
        action,
        bucket.name().text(),
        key,
        listed,
        context);
  }

  private void check(AccessRequest request, Optional<ObjectAccess> object) {
    if (Access.decide(request, bucket.access(), object) != Access.Decision.ALLOWED) {
      throw accessDenied();
    }
  }

  static TransferFailure noSuchBucket() {
    return new TransferFailure("S3NoSuchBucket", "The specified bucket does not exist");
  }

  private static TransferFailure accessDenied() {
    return new TransferFailure("S3AccessDenied", "Access Denied");
  }
}
