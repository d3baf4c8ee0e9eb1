package cloud.bevy.services.tables;

import cloud.bevy.foundation.base.Time;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;

/// Which version a table had when: with the first change of each second the table notes the version
/// before it. Where the clock was set back, nothing is noted until it is past what was noted.
///
/// To be used in the turns of the table's bee.
final class TableTimes {
  private static final byte[] NAME = "times".getBytes(StandardCharsets.UTF_8);
  private static final long UNKNOWN = -1;

  private final Time time;
  private long last = UNKNOWN;

  /// The version that there is at least where [#last] is right.
  private long behind;

  TableTimes(Time time) {
    this.time = time;
  }

  /// To be called before the first change of a turn.
  void note(BeeBatch batch) {
    long version = batch.version();
    BeeEditor times = batch.sub(NAME);
    if (last == UNKNOWN || version < behind) {
      last = newest(times);
      behind = version;
    }
    long second = time.now().getEpochSecond();
    if (second > last) {
      times.put(bytes(second), bytes(version));
      last = second;
      behind = version + 1;
    }
  }

  private static long newest(BeeView times) {
    BeeCursor cursor = times.range(Range.all().reverse().limit(1));
    return cursor.hasNext() ? number(cursor.next().key()) : 0;
  }

  /// What was noted.
  ///
  /// @param version that there was before the second
  record Noted(Instant second, long version) {}

  /// What was noted of a bee, newest first.
  static Iterator<Noted> newestFirst(BeeView bee) {
    BeeCursor cursor = bee.sub(NAME).range(Range.all().reverse());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public Noted next() {
        BeeEntry entry = cursor.next();
        return new Noted(Instant.ofEpochSecond(number(entry.key())), number(entry.value()));
      }
    };
  }

  /// The version of a bee that has all that was written before a second, and nothing else.
  static long versionAt(BeeView bee, Instant moment) {
    long second = Math.max(0, moment.getEpochSecond());
    BeeCursor cursor = bee.sub(NAME).range(Range.all().gte(bytes(second)).limit(1));
    return cursor.hasNext() ? number(cursor.next().value()) : bee.version();
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
