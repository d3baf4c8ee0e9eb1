package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.AlarmHandler;
import cloud.bevy.cluster.cloud.Cloud;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Does what feeds have asked to be woken for: telling functions of what changed in tables.
public final class FeedAlarms implements AlarmHandler {
  private final Means means;

  /// What feeds need.
  ///
  /// @param target who is told
  /// @param bindings the tables, and the buckets of dead letters
  /// @param count what is counted
  record Means(FeedTarget target, Bindings bindings, FeedCount count) {}

  /// @param target who is told
  /// @param bindings the tables, and the buckets of dead letters
  public FeedAlarms(FeedTarget target, Bindings bindings) {
    means = new Means(target, bindings, new FeedCount());
  }

  /// How many records there were.
  public FeedCount count() {
    return means.count();
  }

  /// Whether it was a feed that asked for an alarm.
  public static boolean asked(String alarm) {
    return FeedId.of(alarm).isPresent();
  }

  @Override
  public Optional<Instant> ring(Cloud cloud, String name, BooleanSupplier stopping) {
    return FeedId.of(name).flatMap(feed -> new FeedDelivery(cloud, feed, means).run(stopping));
  }

  /// Functions take their time.
  @Override
  public boolean waits(String name) {
    return asked(name);
  }
}
