package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeChange;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads the log of a table backwards.
final class TableHistory {
  /// How many blocks are looked at for one page, those of indexes too.
  private static final int MOST_BLOCKS = 10_000;

  private final TableDescription table;
  private final Iterator<BeeChange> blocks;
  private final Iterator<TableTimes.Noted> times;
  private TableTimes.@Nullable Noted noted;

  /// @param before the block to stop at
  TableHistory(TableDescription table, Bee bee, long before) {
    this.table = table;
    long end = Math.min(before, bee.version());
    blocks = bee.history(History.all().until(end).reverse());
    times = TableTimes.newestFirst(bee.now());
    noted = times.hasNext() ? times.next() : null;
  }

  /// @param since nothing that was done in an earlier second
  TableHistoryPage page(Instant since, int limit) {
    List<TableChange> changes = new ArrayList<>();
    long oldest = Instant.EPOCH.isBefore(since) ? since.getEpochSecond() : 0;
    for (int looked = 0; blocks.hasNext(); looked++) {
      if (looked == MOST_BLOCKS || changes.size() == limit) {
        return new TableHistoryPage(changes, OptionalLong.of(blocks.next().entry().sequence() + 1));
      }
      BeeChange change = blocks.next();
      Instant second = second(change.entry().sequence());
      if (second.getEpochSecond() < oldest) {
        break;
      }
      change(change, second).ifPresent(changes::add);
    }
    return new TableHistoryPage(changes, OptionalLong.empty());
  }

  private Optional<TableChange> change(BeeChange change, Instant second) {
    BeeEntry entry = change.entry();
    return ItemBatch.itemKey(entry.key())
        .map(key ->
            new TableChange(
                entry.sequence(),
                second,
                change.kind() == BeeChange.Kind.PUT
                    ? TableChange.Kind.PUT
                    : TableChange.Kind.DELETE,
                KeyCodec.decode(table.definition().keys(), key)));
  }

  /// When a block was written; what a table was restored with came with it.
  private Instant second(long sequence) {
    while (noted != null && noted.version() > sequence) {
      noted = times.hasNext() ? times.next() : null;
    }
    return noted == null ? Instant.ofEpochSecond(table.created().getEpochSecond()) : noted.second();
  }
}
