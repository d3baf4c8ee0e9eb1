package cloud.bevy.services.tables;

import cloud.bevy.hyper.bee.Bee;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongPredicate;

/// In which second what was written between two versions of a table: what [TableTimes] noted of
/// that, in memory. A day has 86,400 notes at most.
final class WriteTimes {
  private final List<TableTimes.Noted> notes;
  private final long end;

  private WriteTimes(List<TableTimes.Noted> notes, long end) {
    this.notes = notes;
    this.end = end;
  }

  /// @param from where the first of the writes is; 0 for those of whom nobody asks
  static WriteTimes of(Bee bee, long from, long end) {
    List<TableTimes.Noted> notes = new ArrayList<>();
    if (from > 0) {
      Iterator<TableTimes.Noted> newestFirst = TableTimes.newestFirst(bee.at(end));
      boolean further = true;
      while (further && newestFirst.hasNext()) {
        TableTimes.Noted note = newestFirst.next();
        further = note.version() >= from;
        notes.add(note);
      }
      Collections.reverse(notes);
    }
    return new WriteTimes(notes, end);
  }

  /// When a block was written.
  Instant of(long sequence) {
    int low = 0;
    int high = notes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (notes.get(middle).version() <= sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? Instant.EPOCH : notes.get(low - 1).second();
  }

  /// When something was deleted that was there at the beginning and is not at the end. Where that
  /// happened more than once it may be any of these times.
  ///
  /// @param gone whether it is not there in a version
  Instant ofDeletion(LongPredicate gone) {
    int low = 0;
    int high = notes.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      long after = middle + 1 < notes.size() ? notes.get(middle + 1).version() : end;
      if (gone.test(after)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return notes.isEmpty() ? Instant.EPOCH : notes.get(low).second();
  }
}
