package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeChange;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one page of a stream out of the log of a table's bee: the blocks of a batch say which
/// items have become what, its mark says when, and the version before it what they were.
final class StreamScan {
  /// After so many blocks a page ends, whatever was found: nobody waits for long.
  private static final int MOST_BLOCKS = 20_000;

  private final Bee bee;
  private final KeySchema keys;
  private final TableStream stream;
  private final int limit;
  private final List<BeeChange> batch = new ArrayList<>();
  private final List<ItemChange> changes = new ArrayList<>();
  private long bytes;

  StreamScan(Bee bee, KeySchema keys, TableStream stream, int limit) {
    this.bee = bee;
    this.keys = keys;
    this.stream = stream;
    this.limit = limit;
  }

  /// What is from one version to another.
  ///
  /// @param horizon before which nothing is told of any more
  /// @return the changes and where to read on; nothing is said of the end
  ChangePage read(long from, long end, Instant horizon) {
    Iterator<BeeChange> blocks = bee.history(History.all().since(from).until(end));
    for (int count = 1; blocks.hasNext(); count++) {
      BeeChange block = blocks.next();
      if (!StreamMark.isOne(block)) {
        if (ItemBatch.itemKey(block.entry().key()).isPresent()) {
          batch.add(block);
        }
        continue;
      }
      StreamMark mark = StreamMark.read(block);
      if (mark.stream().equals(stream.created()) && !batch.isEmpty()) {
        if (mark.moment().isBefore(horizon)) {
          return new ChangePage.Trimmed();
        }
        long next = take(mark);
        if (next > 0) {
          return new ChangePage.Read(changes, next, false);
        }
      }
      batch.clear();
      if (count >= MOST_BLOCKS) {
        return new ChangePage.Read(changes, block.entry().sequence() + 1, false);
      }
    }
    return new ChangePage.Read(changes, end, false);
  }

  /// Takes the changes of a batch.
  ///
  /// @return where to read on if the page is full; 0 if it is not
  private long take(StreamMark mark) {
    BeeView before = ItemBatch.items(bee.at(mark.first()));
    for (BeeChange block : batch) {
      // Those of batches without a mark were written before the stream was switched on.
      if (block.entry().sequence() >= mark.first()) {
        ItemChange change = change(block, before, mark);
        if (change != null) {
          changes.add(change);
          bytes += change.size(stream.view());
        }
        if (changes.size() >= limit || bytes >= ChangePage.MAXIMUM_BYTES) {
          return block.entry().sequence() + 1;
        }
      }
    }
    return 0;
  }

  /// What a block has done to an item; null if that was nothing.
  private @Nullable ItemChange change(BeeChange block, BeeView before, StreamMark mark) {
    byte[] key = ItemBatch.itemKey(block.entry().key()).orElseThrow();
    StoredItem old = before.get(key).map(entry -> StoredItem.of(entry.value())).orElse(null);
    StoredItem next =
        block.kind() == BeeChange.Kind.PUT ? StoredItem.of(block.entry().value()) : null;
    if (same(old, next)) {
      return null;
    }
    return new ItemChange(
        block.entry().sequence(),
        mark.moment(),
        mark.expired(),
        new Item(keys.attributesOf(KeyCodec.decode(keys, key))),
        old,
        next);
  }

  private static boolean same(@Nullable StoredItem one, @Nullable StoredItem other) {
    if (one == null || other == null) {
      return one == other;
    }
    return Arrays.equals(one.json(), other.json()) || one.item().equals(other.item());
  }
}
