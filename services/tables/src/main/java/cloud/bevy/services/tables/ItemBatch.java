package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A turn to write to a table: items, and with them what is derived from them, in one batch of the
/// bee.
final class ItemBatch implements AutoCloseable {
  private static final byte[] ITEMS = name("items");

  private final BeeBatch batch;
  private final BeeEditor items;
  private final TableDescription table;
  private final List<Derived> derived;
  private final TableTimes times;
  private final Cloud cloud;
  private final @Nullable TableStream stream;
  private final long first;
  private @Nullable Instant expiry;
  private boolean noted;
  private boolean expiring;

  ItemBatch(BeeBatch batch, TableDescription table, TableTimes times, Cloud cloud) {
    this.batch = batch;
    this.table = table;
    this.times = times;
    this.cloud = cloud;
    stream = table.definition().stream();
    first = stream == null ? 0 : batch.version();
    items = batch.sub(ITEMS);
    derived = table.derived();
  }

  /// Where the items of a bee are.
  static BeeView items(BeeView bee) {
    return bee.sub(ITEMS);
  }

  /// The key of an item among the items, if a key of the bee is that of one.
  static Optional<byte[]> itemKey(byte[] key) {
    int prefix = ITEMS.length + 1;
    boolean item =
        key.length >= prefix
            && Arrays.equals(key, 0, ITEMS.length, ITEMS, 0, ITEMS.length)
            && key[ITEMS.length] == 0;
    return item ? Optional.of(Arrays.copyOfRange(key, prefix, key.length)) : Optional.empty();
  }

  /// Where in a bee the items behind a key are.
  static Range range(byte[] after) {
    byte[] prefix = Arrays.copyOf(ITEMS, ITEMS.length + 1);
    return Range.prefix(prefix).gt(KeyCodec.join(prefix, after));
  }

  /// Where the entries of what is derived are.
  static BeeView entries(BeeView bee, String id) {
    return bee.sub(name(id));
  }

  private static byte[] name(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }

  /// The table as it is while this turn lasts.
  TableDescription table() {
    return table;
  }

  /// A part of the bee.
  BeeEditor part(String id) {
    return batch.sub(name(id));
  }

  /// The version that this batch builds on, where nothing was stored in it yet.
  long version() {
    return batch.version();
  }

  @Nullable StoredItem find(byte[] key) {
    return items.get(key).map(entry -> StoredItem.of(entry.value())).orElse(null);
  }

  /// The item of a key, with the block of the log that has put it.
  Optional<BeeEntry> entry(byte[] key) {
    return items.get(key);
  }

  /// Makes the item of a key another, or none.
  ///
  /// @throws InvalidRequest if it cannot be in an index it has to be in; nothing is changed then
  void store(byte[] key, @Nullable StoredItem before, @Nullable StoredItem after) {
    if (after == null && before == null) {
      return;
    }
    check(after);
    if (!noted) {
      times.note(batch);
      noted = true;
    }
    for (Derived each : derived) {
      derive(each, key, before, after);
    }
    if (after == null) {
      items.delete(key);
    } else {
      items.put(key, after.json());
      note(after.item());
    }
  }

  private void note(Item item) {
    TimeToLive timeToLive = table.definition().timeToLive();
    Instant expires = timeToLive == null ? null : timeToLive.expiry(item);
    if (expires != null && (expiry == null || expires.isBefore(expiry))) {
      expiry = expires;
    }
  }

  /// When the first of the items that were stored expires; null if none does.
  @Nullable Instant expiry() {
    return expiry;
  }

  /// Refuses an item that cannot be in an index it has to be in.
  void check(@Nullable StoredItem item) {
    if (item != null) {
      table.definition().check(item.item());
    }
  }

  private void derive(
      Derived each, byte[] key, @Nullable StoredItem before, @Nullable StoredItem after) {
    byte[] old = before == null ? null : each.entry(before.item(), key);
    byte[] next = after == null ? null : each.entry(after.item(), key);
    if (Arrays.equals(old, next)) {
      return;
    }
    BeeEditor entries = part(each.id());
    if (old != null) {
      entries.delete(old);
    }
    if (next != null) {
      entries.put(next, new byte[0]);
    }
  }

  /// Stores an item that another table had under the same key, and what is derived from it here.
  void copy(byte[] key, byte[] json) {
    items.put(key, json);
    if (!derived.isEmpty()) {
      Item item = ItemJson.item(json);
      for (Derived each : derived) {
        byte[] entry = each.entry(item, key);
        if (entry != null) {
          part(each.id()).put(entry, new byte[0]);
        }
      }
    }
  }

  /// Enters an item that was there before what is derived.
  void enter(Derived each, byte[] key) {
    StoredItem item = find(key);
    byte[] entry = item == null ? null : each.entry(item.item(), key);
    BeeEditor entries = part(each.id());
    Optional<byte[]> missing =
        Optional.ofNullable(entry).filter(wanted -> entries.get(wanted).isEmpty());
    missing.ifPresent(wanted -> entries.put(wanted, new byte[0]));
  }

  /// Says that what is deleted in this turn has expired.
  void expiring() {
    expiring = true;
  }

  /// Appends what was stored, and for the table's stream what that is, and ends the turn.
  Ticket commit() {
    if (stream != null && batch.version() > first) {
      StreamMark mark =
          new StreamMark(stream.created(), cloud.world().time().now(), first, expiring);
      part(StreamMark.NAME).put(StreamMark.KEY, mark.bytes());
      // Durable before the write is, and in its turn: who is woken does not look before it.
      stream.followers().forEach(cloud::wakeUnlessAsked);
    }
    return batch.commit();
  }

  @Override
  public void close() {
    batch.close();
  }
}
