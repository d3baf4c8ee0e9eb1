package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What is done to a table without anybody waiting: items are entered into indexes that were made
/// after them, entries of indexes that are no more are removed, items that have expired are
/// deleted.
///
/// Each is done in turns of a few steps, so that writers wait for none of it. Done twice, it comes
/// to the same: a program that stops meanwhile does it again.
final class TableWork {
  private static final String ALARM = "table/";
  private static final int STEPS = 64;

  /// Items expire at the end of a minute, so that there is one alarm for many.
  private static final Duration LATE = Duration.ofMinutes(1);

  private final Cloud cloud;
  private final Tables tables;
  private final Table table;
  private final BooleanSupplier stopping;

  TableWork(Cloud cloud, Tables tables, Table table, BooleanSupplier stopping) {
    this.cloud = cloud;
    this.tables = tables;
    this.table = table;
    this.stopping = stopping;
  }

  /// The alarm of a table.
  static String alarm(String table) {
    return ALARM + table;
  }

  /// The table an alarm is for, if it is for any.
  static Optional<String> table(String alarm) {
    return alarm.startsWith(ALARM)
        ? Optional.of(alarm.substring(ALARM.length()))
        : Optional.empty();
  }

  /// When items that expire at a moment are to be deleted.
  static Instant due(Instant expiry) {
    long seconds = LATE.toSeconds();
    return Instant.ofEpochSecond((Math.floorDiv(expiry.getEpochSecond(), seconds) + 1) * seconds);
  }

  /// Does all that is to be done.
  ///
  /// @return when there will be something to do again
  Optional<Instant> run() {
    try {
      restore(table.description());
      finish(table.description());
      return expire();
    } catch (NoSuchTable deleted) {
      return Optional.empty();
    } catch (Stopped _) {
      return Optional.of(cloud.world().time().now());
    }
  }

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("the machine stops", null, false, false);
    }
  }

  private void checkRunning() {
    if (stopping.getAsBoolean()) {
      throw new Stopped();
    }
  }

  private void restore(TableDescription begun) {
    Restoration restoration = begun.restoration();
    if (restoration == null || restoration.done()) {
      return;
    }
    if (!new TableCopy(cloud, table, restoration).run(stopping)) {
      throw new Stopped();
    }
    tables.describe(
        begun.name(),
        (batch, now) -> {
          if (!now.incarnation().equals(begun.incarnation())) {
            return now;
          }
          new Holds(batch)
              .release(restoration.incarnation(), Holds.restoration(begun.incarnation()));
          return now.with(restoration.finished());
        });
    tables.finishDrops();
  }

  private void finish(TableDescription begun) {
    if (!begun.unfinished()) {
      return;
    }
    List<String> built = new ArrayList<>();
    for (SecondaryIndex index : begun.definition().indexes()) {
      if (index.building()) {
        build(index);
        built.add(index.id());
      }
    }
    TimeToLive timeToLive = begun.definition().timeToLive();
    if (timeToLive != null && timeToLive.building()) {
      build(timeToLive);
      built.add(timeToLive.id());
    }
    begun.removed().forEach(this::clear);
    tables.describe(
        begun.name(),
        (_, now) ->
            now.incarnation().equals(begun.incarnation())
                ? now.finished(built, begun.removed())
                : now);
  }

  /// Enters all items that are there. Those that are written from now on enter by themselves.
  private void build(Derived derived) {
    BeeView items = ItemBatch.items(table.bee().now());
    BeeCursor cursor = items.range(Range.all());
    while (cursor.hasNext()) {
      checkRunning();
      List<byte[]> keys = next(cursor);
      try (ItemBatch batch = table.turn()) {
        keys.forEach(key -> batch.enter(derived, key));
        cloud.durable(batch.commit());
      }
    }
  }

  private void clear(String id) {
    BeeCursor cursor = ItemBatch.entries(table.bee().now(), id).range(Range.all());
    while (cursor.hasNext()) {
      checkRunning();
      List<byte[]> keys = next(cursor);
      try (ItemBatch batch = table.turn()) {
        keys.forEach(key -> batch.part(id).delete(key));
        cloud.durable(batch.commit());
      }
    }
  }

  private static List<byte[]> next(BeeCursor cursor) {
    List<byte[]> keys = new ArrayList<>();
    while (cursor.hasNext() && keys.size() < STEPS) {
      keys.add(cursor.next().key());
    }
    return keys;
  }

  /// Deletes what has expired.
  ///
  /// @return when the next items expire
  private Optional<Instant> expire() {
    @Nullable TimeToLive timeToLive = table.description().definition().timeToLive();
    if (timeToLive == null) {
      return Optional.empty();
    }
    Instant now = cloud.world().time().now();
    BeeView view = table.bee().now();
    BeeCursor cursor =
        ItemBatch.entries(view, timeToLive.id()).range(Range.all().gte(TimeToLive.oldest(now)));
    List<byte[]> due = new ArrayList<>();
    while (cursor.hasNext()) {
      byte[] key = KeyCodec.expiringKey(cursor.next().key());
      Item item =
          ItemBatch.items(view).get(key).map(entry -> ItemJson.item(entry.value())).orElseThrow();
      if (!timeToLive.expired(item, now)) {
        delete(timeToLive, due, now);
        return Optional.ofNullable(timeToLive.expiry(item)).map(TableWork::due);
      }
      due.add(key);
      if (due.size() == STEPS) {
        delete(timeToLive, due, now);
        due.clear();
      }
    }
    delete(timeToLive, due, now);
    return Optional.empty();
  }

  /// Deletes those that have expired, as they are now.
  private void delete(TimeToLive timeToLive, List<byte[]> keys, Instant now) {
    checkRunning();
    try (ItemBatch batch = table.turn()) {
      batch.expiring();
      boolean still = timeToLive.equals(batch.table().definition().timeToLive());
      for (byte[] key : keys) {
        StoredItem item = batch.find(key);
        if (still && item != null && timeToLive.expired(item.item(), now)) {
          batch.store(key, item, null);
        }
      }
      cloud.durable(batch.commit());
    }
  }
}
