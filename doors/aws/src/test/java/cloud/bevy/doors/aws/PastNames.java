package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.HistorySpan;
import java.util.function.Function;

/// What buckets are called as they are at a moment of a test.
final class PastNames {
  private final S3TestServer server;

  PastNames(S3TestServer server) {
    this.server = server;
  }

  /// The bucket as it is now, by the version of its log.
  String now(String bucket) {
    return bucket + "@v" + with(bucket, it -> it.past().newest());
  }

  /// The same for clients that let no `@` pass.
  String nowWithoutAt(String bucket) {
    return now(bucket).replace("@", BucketName.PAST);
  }

  /// Has a bucket give the space of what is overwritten back at once.
  void keepNothing(String bucket) {
    with(bucket, it -> it.past().setSpan(HistorySpan.NONE));
  }

  private <T> T with(String bucket, Function<Bucket, T> what) {
    try (Lease lease = server.clouds().open("home").orElseThrow()) {
      return what.apply(Buckets.in(lease.cloud()).find(new BucketName(bucket)).orElseThrow());
    }
  }
}
