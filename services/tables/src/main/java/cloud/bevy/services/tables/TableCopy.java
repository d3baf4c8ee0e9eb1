package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Copies the items of a version of one table into another that nobody uses yet. Items go in the
/// order of their keys: who begins again goes on behind the last that is there.
final class TableCopy {
  private static final int MOST_ITEMS = 512;
  private static final int MOST_BYTES = 1 << 20;

  private final Cloud cloud;
  private final Table target;
  private final BeeView source;

  TableCopy(Cloud cloud, Table target, Restoration restoration) {
    this.cloud = cloud;
    this.target = target;
    source =
        ItemBatch.items(
            cloud.bee(TableDescription.bee(restoration.incarnation())).at(restoration.version()));
  }

  /// Copies what is missing; what was copied is durable then.
  ///
  /// @return whether that is all: it may be less where it is to stop
  boolean run(BooleanSupplier stopping) {
    BeeCursor cursor = source.range(missing());
    Ticket before = null;
    while (cursor.hasNext() && !stopping.getAsBoolean()) {
      Ticket ticket = append(next(cursor));
      // One batch is on its way to the disk while the next is read.
      await(before);
      before = ticket;
    }
    await(before);
    return !cursor.hasNext();
  }

  private Range missing() {
    BeeCursor last = ItemBatch.items(target.bee().now()).range(Range.all().reverse().limit(1));
    return last.hasNext() ? Range.all().gt(last.next().key()) : Range.all();
  }

  private static List<BeeEntry> next(BeeCursor cursor) {
    List<BeeEntry> items = new ArrayList<>();
    int bytes = 0;
    while (cursor.hasNext() && items.size() < MOST_ITEMS && bytes < MOST_BYTES) {
      BeeEntry item = cursor.next();
      items.add(item);
      bytes += item.value().length;
    }
    return items;
  }

  private Ticket append(List<BeeEntry> items) {
    try (ItemBatch batch = target.restoringTurn()) {
      items.forEach(item -> batch.copy(item.key(), item.value()));
      return batch.commit();
    }
  }

  private void await(@Nullable Ticket ticket) {
    if (ticket != null) {
      cloud.durable(ticket);
    }
  }
}
