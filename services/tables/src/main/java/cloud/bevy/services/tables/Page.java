package cloud.bevy.services.tables;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What one query or scan answers.
///
/// @param items the items that passed the filter, in order
/// @param scanned how many items were read
/// @param bytes how many bytes were read, as [ItemSize] counts them; 0 if that was not asked for
/// @param fetched how many units of [#UNIT] were read beside an index that has not all that is
///   wanted, each item rounded up; 0 if that was not asked for
/// @param last where the page ended before the range did; null if nothing follows: the key of the
///   item, with that of the index
public record Page(
    List<StoredItem> items,
    int scanned,
    long bytes,
    long fetched,
    @Nullable SequencedMap<String, AttributeValue> last) {
  /// The bytes after which a page ends.
  public static final long MAXIMUM_BYTES = 1024 * 1024;

  /// The bytes by which reads are counted.
  public static final int UNIT = 4096;

  /// Copies the items.
  public Page {
    items = List.copyOf(items);
  }
}
