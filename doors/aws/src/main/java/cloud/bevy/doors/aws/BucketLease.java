package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.http.Exchange;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import java.util.Optional;

/// A bucket that was found before it is known whether the caller is who it says, and the lease on
/// its cloud. Only for what is said to anybody.
record BucketLease(Lease lease, Bucket bucket) implements AutoCloseable {
  /// Finds the bucket that a request is for: in the cloud of the access key that it names; for one
  /// that names none, in the cloud that requests are for which are not signed.
  ///
  /// @param first the name of that cloud
  static Optional<BucketLease> find(Clouds clouds, String first, Exchange exchange)
      throws S3Exception {
    Optional<QueryString> query = QueryString.read(exchange.query());
    Optional<BucketName> name =
        S3Target.read(exchange.requestHeaders().first("Host").orElse(""), exchange.path())
            .flatMap(S3Target::bucket)
            .flatMap(BucketName::of);
    if (query.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> accessKey = accessKeyId(SignedRequest.of(exchange, query.get()));
    Optional<Lease> lease =
        accessKey.isPresent() ? clouds.openFor(accessKey.get()) : clouds.open(first);
    return lease.flatMap(opened -> in(opened, name.get()));
  }

  @Override
  public void close() {
    lease.close();
  }

  /// The bucket of a name in a cloud; where there is none the lease is ended.
  static Optional<BucketLease> in(Lease lease, BucketName name) {
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
