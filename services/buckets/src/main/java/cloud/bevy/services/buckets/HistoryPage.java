package cloud.bevy.services.buckets;

import java.util.List;
import java.util.OptionalLong;

/// A page of a bucket's history.
///
/// @param entries newest first; there may be none though there are more on the next page
/// @param next where the next page begins: the query's `before`; nothing where this is the last
public record HistoryPage(List<HistoryEntry> entries, OptionalLong next) {
  /// Copies the list.
  public HistoryPage {
    entries = List.copyOf(entries);
  }
}
