package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import java.util.Optional;

/// A bucket that was found before it is known whether the caller is who it says, and the lease on
/// its cloud. Only for what is said to anybody.
record BucketLease(Lease lease, Bucket bucket) implements AutoCloseable {
  /// Finds the bucket of a name: in the cloud of the access key that the request names; for one
  /// that names none, in the cloud that requests are for which are not signed.
  ///
  /// @param first the name of that cloud
  static Optional<BucketLease> find(
      Clouds clouds, String first, SignedRequest request, String bucket) {
    Optional<BucketName> name = BucketName.of(bucket);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> accessKey = accessKeyId(request);
    Optional<Lease> lease =
        accessKey.isPresent() ? clouds.openFor(accessKey.get()) : clouds.open(first);
    return lease.flatMap(opened -> in(opened, name.get()));
  }

  @Override
  public void close() {
    lease.close();
  }

  private static Optional<BucketLease> in(Lease lease, BucketName name) {
    Optional<BucketLease> found =
        Buckets.in(lease.cloud()).find(name).map(bucket -> new BucketLease(lease, bucket));
    if (found.isEmpty()) {
      lease.close();
    }
    return found;
  }

  private static Optional<String> accessKeyId(SignedRequest request) {
    return SignatureClaim.read(request)
            instanceof SignatureClaim.Reading.Claimed(SignatureClaim claim)
        ? Optional.of(claim.credential().accessKeyId())
        : PresignedV2.read(request.query()).map(PresignedV2::accessKeyId);
  }
}
