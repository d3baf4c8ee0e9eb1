package cloud.bevy.services.tables;

import cloud.bevy.foundation.base.Time;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEditor;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

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
    return cursor.hasNext() ? ByteBuffer.wrap(cursor.next().key()).getLong() : 0;
  }

  /// The version of a bee that has all that was written before a second, and nothing else.
  static long versionAt(BeeView bee, Instant moment) {
    long second = Math.max(0, moment.getEpochSecond());
    BeeCursor cursor = bee.sub(NAME).range(Range.all().gte(bytes(second)).limit(1));
    return cursor.hasNext() ? ByteBuffer.wrap(cursor.next().value()).getLong() : bee.version();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
