package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.BeeChange;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.History;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.core.Listener;
import cloud.bevy.hyper.core.Registration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The log of a table, for what is made from the items and kept elsewhere: which items there were
/// in a version, and what was done to them between two.
///
/// A version is how many blocks the table's bee had. Keys are those of the entries in it: bytes
/// that have no meaning but to be equal, and that [#key(byte\[\])] understands.
public final class TableLog {
  private final Table table;

  TableLog(Table table) {
    this.table = table;
  }

  /// One item as it was, or as it became.
  ///
  /// @param key of the entry
  /// @param item null where it was deleted
  public record Step(byte[] key, @Nullable StoredItem item) {}

  /// How often the log was cut: versions of different forks have nothing in common.
  public long fork() {
    return table.bee().core().head().fork();
  }

  /// The version that is durable.
  public long version() {
    return table.bee().version();
  }

  /// Has somebody told when the log has durably changed, until what is returned is closed.
  ///
  /// @param told called by the task that writes the store, so it must be short and not block
  public Registration listen(Runnable told) {
    return table.bee().core().listen(Listener.ofChanges(told));
  }

  /// What was done to items, oldest first, read as it is asked for.
  ///
  /// @param from a version that has none of it
  /// @param until the version that has all of it
  /// @throws NoSuchTable if the table was deleted; also while it is read
  public Iterator<Step> steps(long from, long until) {
    History history = History.all().since(from).until(until);
    return new Steps(table.alive(() -> table.bee().history(history)));
  }

  /// The items of a version in the order of their keys, read as they are asked for.
  ///
  /// @param after only those behind this key; null for all
  /// @throws NoSuchTable if the table was deleted; also while it is read
  public Iterator<Step> items(long version, byte @Nullable [] after) {
    Range range = after == null ? Range.all() : Range.all().gt(after);
    BeeCursor cursor = table.alive(() -> ItemBatch.items(table.bee().at(version)).range(range));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return table.alive(cursor::hasNext);
      }

      @Override
      public Step next() {
        BeeEntry entry = table.alive(cursor::next);
        return new Step(entry.key(), StoredItem.of(entry.value()));
      }
    };
  }

  /// An item as it was in a version.
  ///
  /// @throws NoSuchTable if the table was deleted
  public Optional<StoredItem> item(long version, byte[] key) {
    return table
        .alive(() -> ItemBatch.items(table.bee().at(version)).get(key))
        .map(entry -> StoredItem.of(entry.value()));
  }

  /// The key of the entry of an item.
  public byte[] key(Key key) {
    return KeyCodec.encode(key);
  }

  /// The key of the item that an entry has.
  public Key key(byte[] key) {
    return KeyCodec.decode(table.keys(), key);
  }

  /// Those blocks that are about items.
  private final class Steps implements Iterator<Step> {
    private final Iterator<BeeChange> blocks;
    private @Nullable Step next;

    Steps(Iterator<BeeChange> blocks) {
      this.blocks = blocks;
    }

    @Override
    public boolean hasNext() {
      while (next == null && table.alive(blocks::hasNext)) {
        BeeChange block = table.alive(blocks::next);
        next = ItemBatch.itemKey(block.entry().key()).map(key -> step(block, key)).orElse(null);
      }
      return next != null;
    }

    private Step step(BeeChange block, byte[] key) {
      boolean put = block.kind() == BeeChange.Kind.PUT;
      return new Step(key, put ? StoredItem.of(block.entry().value()) : null);
    }

    @Override
    public Step next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Step found = next;
      next = null;
      return found;
    }
  }
}
