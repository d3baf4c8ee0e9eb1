package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeDifference;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The items of an export in the order of their keys, from one on: all of a version of the table's
/// bee, or those on which two versions do not agree.
final class ExportScan implements Iterator<ExportedItem> {
  private static final byte[] NOTHING = new byte[0];

  private final Bee bee;
  private final Export export;
  private final Iterator<BeeDifference> differences;
  private final WriteTimes times;
  private byte[] last;

  /// @param after the key behind which to begin; empty to begin at the beginning
  ExportScan(Bee bee, Export export, byte[] after) {
    this.bee = bee;
    this.export = export;
    last = after;
    Range range = ItemBatch.range(after);
    differences =
        export.incremental()
            ? bee.differences(export.from(), export.version(), range)
            : all(bee.at(export.version()).range(range));
    times = WriteTimes.of(bee, export.from(), export.version());
  }

  private static Iterator<BeeDifference> all(BeeCursor cursor) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public BeeDifference next() {
        return new BeeDifference(Optional.empty(), Optional.of(cursor.next()));
      }
    };
  }

  /// The key of the last item that was taken.
  byte[] last() {
    return last;
  }

  @Override
  public boolean hasNext() {
    return differences.hasNext();
  }

  @Override
  public ExportedItem next() {
    BeeDifference next = differences.next();
    BeeEntry before = next.before().orElse(null);
    BeeEntry after = next.after().orElse(null);
    BeeEntry known = after == null ? before : after;
    byte[] key = known == null ? NOTHING : ItemBatch.itemKey(known.key()).orElseThrow();
    KeySchema keys = export.table().definition().keys();
    last = key;
    return new ExportedItem(
        new Item(keys.attributesOf(KeyCodec.decode(keys, key))),
        stored(before),
        stored(after),
        written(key, after));
  }

  private static @Nullable StoredItem stored(@Nullable BeeEntry entry) {
    return entry == null ? null : StoredItem.of(entry.value());
  }

  private Instant written(byte[] key, @Nullable BeeEntry after) {
    if (!export.incremental()) {
      return export.moment();
    }
    return after != null
        ? times.of(after.sequence())
        : times.ofDeletion(version -> ItemBatch.items(bee.at(version)).get(key).isEmpty());
  }
}
