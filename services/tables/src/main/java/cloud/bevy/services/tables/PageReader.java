package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one page of a range.
///
/// A page ends at 1 MB of items. An item's JSON has at least as many bytes as DynamoDB counts for
/// the item, so as long as the JSON is below that, nobody has to look into it.
final class PageReader {
  private final KeySchema schema;
  private final Reading reading;
  private final List<StoredItem> passed = new ArrayList<>();
  private final List<StoredItem> unmeasured = new ArrayList<>();
  private long jsonBytes;
  private long bytes;
  private int scanned;

  PageReader(KeySchema schema, Reading reading) {
    this.schema = schema;
    this.reading = reading;
  }

  Page read(BeeCursor cursor) {
    while (cursor.hasNext()) {
      BeeEntry entry = cursor.next();
      take(StoredItem.of(entry.value()));
      if (scanned >= reading.limit() || full()) {
        return page(KeyCodec.decode(schema, entry.key()));
      }
    }
    return page(null);
  }

  private void take(StoredItem item) {
    scanned++;
    jsonBytes += item.json().length;
    unmeasured.add(item);
    Condition filter = reading.filter();
    if (filter == null || ConditionEvaluator.holds(filter, item.item())) {
      passed.add(item);
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

  private Page page(@Nullable Key last) {
    if (reading.measured()) {
      measure();
    }
    return new Page(passed, scanned, bytes, last);
  }
}
