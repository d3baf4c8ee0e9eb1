package cloud.bevy.product.node;

import cloud.bevy.cluster.cloud.AlarmHandler;
import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.services.buckets.BucketAlarms;
import cloud.bevy.services.functions.FeedAlarms;
import cloud.bevy.services.messages.MessageAlarms;
import cloud.bevy.services.tables.Tables;
import cloud.bevy.services.tables.TransferAlarms;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Does what buckets, tables and feeds have asked to be woken for. Each knows its own alarms by
/// their names.
///
/// @param buckets does what buckets have asked for
/// @param feeds does what feeds have asked for
/// @param transfers does what exports and imports of tables have asked for
/// @param messages does what sessions and wills have asked for
record NodeAlarms(
    BucketAlarms buckets, FeedAlarms feeds, TransferAlarms transfers, MessageAlarms messages)
    implements AlarmHandler {
  @Override
  public Optional<Instant> ring(Cloud cloud, String name, BooleanSupplier stopping) {
    if (FeedAlarms.asked(name)) {
      return feeds.ring(cloud, name, stopping);
    }
    if (MessageAlarms.asked(name)) {
      return messages.ring(cloud);
    }
    if (TransferAlarms.asked(name)) {
      return transfers.ring(cloud, name, stopping);
    }
    return Tables.asked(name)
        ? Tables.of(cloud).ring(name, stopping)
        : buckets.ring(cloud, name, stopping);
  }

  @Override
  public boolean waits(String name) {
    // An export or an import may take long: others' alarms ring meanwhile.
    return buckets.waits(name) || feeds.waits(name) || TransferAlarms.asked(name);
  }
}
