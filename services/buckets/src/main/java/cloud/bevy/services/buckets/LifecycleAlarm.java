package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Cloud;
import java.util.Optional;

/// When the cloud is to be awake to carry out a bucket's lifecycle, and to give back the bytes of
/// what was overwritten or deleted.
///
/// A bucket that is changed is gone through at the next midnight. What that finds tells exactly
/// when something becomes due, so that a bucket that nobody uses is left alone until then.
record LifecycleAlarm(Cloud cloud, BucketName bucket) {
  private static final String PREFIX = "lifecycle/";

  /// Says that the bucket is about to be changed, by whoever has the turn to do so.
  ///
  /// @param keeps whether bytes are kept that no object has any more
  void changing(LifecycleConfiguration lifecycle, boolean keeps) {
    if (lifecycle.acts() || keeps) {
      cloud.wakeBy(PREFIX + bucket.text(), LifecycleTime.nextMidnight(cloud.world().time().now()));
    }
  }

  /// The bucket whose lifecycle an alarm is for, if it is for any.
  static Optional<BucketName> bucket(String alarm) {
    return alarm.startsWith(PREFIX)
        ? BucketName.of(alarm.substring(PREFIX.length()))
        : Optional.empty();
  }
}
