package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeChange;
import cloud.bevy.hyper.bee.History;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A stream that can be read. The log of the table's bee is the stream: a place in it is a version
/// of the bee, and nothing is kept for who reads.
public final class StreamReader {
  /// Who reads already may be this much behind what a new reader begins with, so that nobody loses
  /// a record between two requests.
  private static final Duration GRACE = Duration.ofHours(1);

  private final Cloud cloud;
  private final TableDescription table;
  private final TableStream stream;
  private final boolean deleted;
  private final Bee bee;

  /// @param deleted whether the table is no more: nothing is written to it again
  StreamReader(Cloud cloud, TableDescription table, TableStream stream, boolean deleted) {
    this.cloud = cloud;
    this.table = table;
    this.stream = stream;
    this.deleted = deleted;
    bee = cloud.bee(table.bee());
  }

  /// The table, as it was when it was last described.
  public TableDescription table() {
    return table;
  }

  /// What the stream is.
  public TableStream stream() {
    return stream;
  }

  /// Where the oldest of the records is that a new reader is told of.
  public long oldest() {
    Instant horizon = now().minus(TableStream.KEPT);
    long low = stream.since();
    long high = end();
    while (low < high) {
      long middle = (low + high) >>> 1;
      BeeChange block = mark(middle);
      if (block != null && StreamMark.read(block).moment().isBefore(horizon)) {
        low = block.entry().sequence() + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Where the next record will be.
  public long newest() {
    return end();
  }

  /// A place before all records.
  public long first() {
    return stream.since() - 1;
  }

  /// The place of the last record, or one behind it that is before all that will ever be there.
  public long last() {
    return end() - 1;
  }

  /// Reads on.
  ///
  /// @param from where
  /// @param limit the most changes that are wanted
  public ChangePage page(long from, int limit) {
    return page(from, limit, now().minus(TableStream.KEPT).minus(GRACE));
  }

  /// Reads on, however old that is: for who follows the stream, though the machine was off.
  ///
  /// @param from where
  /// @param limit the most changes that are wanted
  public ChangePage.Read all(long from, int limit) {
    return (ChangePage.Read) page(from, limit, Instant.MIN);
  }

  /// Waits for the writes that are under way, so that they can be read. To be called by who was
  /// woken because of one of them.
  public void settle() {
    cloud.durable(bee.batch().commit());
  }

  /// The fork of the log, in which alone a place means what it did.
  public long fork() {
    return bee.core().fork();
  }

  private ChangePage page(long from, int limit, Instant horizon) {
    long end = end();
    long begin = Math.max(from, stream.since());
    ChangePage page =
        new StreamScan(bee, table.definition().keys(), stream, limit).read(begin, end, horizon);
    return page instanceof ChangePage.Read read && read.next() >= end && ended(end)
        ? new ChangePage.Read(read.changes(), read.next(), true)
        : page;
  }

  private boolean ended(long end) {
    if (deleted && stream.until() == TableStream.OPEN) {
      // What was being written when the table was deleted is told of too.
      cloud.durable(bee.batch().commit());
      return end == end();
    }
    return end >= stream.until();
  }

  /// The durable end.
  private long end() {
    return Math.min(stream.until(), bee.version());
  }

  /// The first mark at a place or behind it.
  private @Nullable BeeChange mark(long place) {
    Iterator<BeeChange> blocks = bee.history(History.all().since(place).until(end()));
    while (blocks.hasNext()) {
      BeeChange block = blocks.next();
      if (StreamMark.isOne(block)) {
        return block;
      }
    }
    return null;
  }

  private Instant now() {
    return cloud.world().time().now();
  }
}
