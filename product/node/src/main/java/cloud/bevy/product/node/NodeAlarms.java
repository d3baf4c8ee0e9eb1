package cloud.bevy.product.node;

import cloud.bevy.cluster.cloud.AlarmHandler;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.BucketAlarms;
import cloud.bevy.services.tables.Tables;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Does what buckets and tables have asked to be woken for. Each knows its own alarms by their
/// names.
///
/// @param buckets does what buckets have asked for
record NodeAlarms(BucketAlarms buckets) implements AlarmHandler {
  @Override
  public Optional<Instant> ring(Cloud cloud, String name, BooleanSupplier stopping) {
    return Tables.asked(name)
        ? Tables.of(cloud).ring(name, stopping)
        : buckets.ring(cloud, name, stopping);
  }

  @Override
  public boolean waits(String name) {
    return buckets.waits(name);
  }
}
