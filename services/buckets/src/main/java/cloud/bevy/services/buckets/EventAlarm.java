package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Cloud;
import java.util.Optional;

/// Has the cloud awake as long as there are events in a bucket that nobody was told of: the alarm
/// is durable before the change is that the first of them is about.
record EventAlarm(Cloud cloud, BucketName bucket) {
  private static final String PREFIX = "events/";

  /// Says that an event is about to happen, by whoever has the turn to make it.
  void happening() {
    cloud.wakeBy(PREFIX + bucket.text(), cloud.world().time().now());
  }

  /// Whether an alarm is for events.
  static boolean is(String alarm) {
    return alarm.startsWith(PREFIX);
  }

  /// The bucket whose events an alarm is for, if it is for any.
  static Optional<BucketName> bucket(String alarm) {
    return is(alarm) ? BucketName.of(alarm.substring(PREFIX.length())) : Optional.empty();
  }
}
