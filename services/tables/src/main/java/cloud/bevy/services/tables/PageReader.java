package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.BeeCursor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads one page of a range, or of several.
///
/// A page ends at 1 MB of items. An item's JSON has at least as many bytes as DynamoDB counts for
/// the item, so as long as the JSON is below that, nobody has to look into it.
final class PageReader {
  private final ReadTarget target;
  private final Reading reading;
  private final List<StoredItem> passed = new ArrayList<>();
  private final List<StoredItem> unmeasured = new ArrayList<>();
  private long jsonBytes;
  private long bytes;
  private long indexed;
  private long fetched;
  private int scanned;

  PageReader(ReadTarget target, Reading reading) {
    this.target = target;
    this.reading = reading;
  }

  /// @param cursors of the ranges that are read, one after another
  Page read(Iterator<BeeCursor> cursors) {
    while (cursors.hasNext()) {
      BeeCursor cursor = cursors.next();
      while (cursor.hasNext()) {
        StoredItem item = target.item(cursor.next());
        take(item);
        if (scanned >= reading.limit() || full()) {
          return page(target.start(item.item()));
        }
      }
    }
    return page(null);
  }

  private void take(StoredItem item) {
    StoredItem answered = target.answered(item);
    scanned++;
    jsonBytes += answered.json().length;
    unmeasured.add(answered);
    if (reading.measured()) {
      count(item);
    }
    Condition filter = reading.filter();
    if (filter == null || ConditionEvaluator.holds(filter, target.filtered(item).item())) {
      passed.add(answered);
    }
  }

  private void count(StoredItem item) {
    StoredItem entry = target.beside(item);
    if (entry != null) {
      indexed += entry.item().size();
      fetched += Math.ceilDiv(item.item().size(), Page.UNIT);
    }
  }

  private boolean full() {
    if (jsonBytes < Page.MAXIMUM_BYTES) {
      return false;
    }
    measure();
    return bytes >= Page.MAXIMUM_BYTES;
  }

  private void measure() {
    for (StoredItem item : unmeasured) {
      bytes += item.item().size();
    }
    unmeasured.clear();
  }

  private Page page(@Nullable SequencedMap<String, AttributeValue> last) {
    if (reading.measured()) {
      measure();
    }
    return new Page(passed, scanned, fetched > 0 ? indexed : bytes, fetched, last);
  }
}
