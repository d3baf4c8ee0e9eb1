package cloud.bevy.services.tables;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a query or a scan goes through its items.
///
/// @param filter which of the items that are read are answered; null for all
/// @param start the key after which to begin, as a former page ended; null for the beginning
/// @param limit the most items that are read for a page
/// @param index the index to go through; null for the table itself
/// @param whole whether all of an item is wanted, though the index may not answer it
/// @param measured whether the page must say how many bytes were read
public record Reading(
    @Nullable Condition filter,
    @Nullable Map<String, AttributeValue> start,
    int limit,
    @Nullable String index,
    boolean whole,
    boolean measured) {
  /// All items, from the beginning.
  public static final Reading ALL = new Reading(null, null, Integer.MAX_VALUE, null, false, false);

  /// The same, of what the index has.
  public Reading within() {
    return new Reading(filter, start, limit, index, false, measured);
  }
}
