package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.AlarmHandler;
import cloud.bevy.cluster.cloud.Cloud;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Does what buckets have asked to be woken for: their lifecycles, and telling functions of what
/// has happened.
public final class BucketAlarms implements AlarmHandler {
  private final EventTarget target;
  private final EventCount count = new EventCount();

  /// @param target who is told
  public BucketAlarms(EventTarget target) {
    this.target = target;
  }

  /// How many events there were.
  public EventCount count() {
    return count;
  }

  @Override
  public Optional<Instant> ring(Cloud cloud, String name, BooleanSupplier stopping) {
    Buckets buckets = Buckets.in(cloud);
    return EventAlarm.is(name)
        ? EventAlarm.bucket(name)
            .flatMap(buckets::find)
            .flatMap(bucket -> new EventDelivery(bucket, target, count).run(stopping))
        : buckets.ring(name, stopping);
  }

  /// Functions take their time.
  @Override
  public boolean waits(String name) {
    return EventAlarm.is(name);
  }
}
