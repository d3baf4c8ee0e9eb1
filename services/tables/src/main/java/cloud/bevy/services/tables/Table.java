package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.BeeFault;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A table: items in a bee, the key of an item made into the key of its entry by [KeyCodec], the
/// value its JSON.
///
/// Reads see what is durable. Writes take the bee's turn, decide on what was appended before them
/// and let go of the turn before they wait for the disk, so that many share one `fsync`. Every
/// answer, a refusal too, is given when what it was decided on is durable: writes of one table are
/// linearizable.
public final class Table {
  private final Cloud cloud;
  private final Bee bee;
  private final TableDescription description;
  private final long sequence;
  private final BooleanSupplier dropped;
  private volatile @Nullable Count counted;

  private record Count(long version, TableStatistics statistics) {}

  /// What an item becomes; null deletes it.
  private interface Change {
    @Nullable StoredItem of(@Nullable StoredItem before);
  }

  /// @param sequence of the catalogue's entry: a later one is newer
  /// @param dropped whether the table was deleted
  Table(Cloud cloud, TableDescription description, long sequence, BooleanSupplier dropped) {
    this.cloud = cloud;
    this.description = description;
    this.sequence = sequence;
    this.dropped = dropped;
    bee = cloud.bee(description.bee());
  }

  /// What the table is.
  public TableDescription description() {
    return description;
  }

  /// Which attributes are its key.
  public KeySchema keys() {
    return description.definition().keys();
  }

  /// The bee that holds the items, for those who check or copy it. Only the table writes to it.
  public Bee bee() {
    return bee;
  }

  /// Lets whoever knows the table's key read all of it from outside, with what it held before, as
  /// long as it is there.
  ///
  /// @return the key, 32 bytes
  /// @throws NoSuchTable if the table was deleted
  public byte[] share() {
    return alive(() -> cloud.shareBee(description.bee()));
  }

  /// The item that has this key.
  ///
  /// @throws NoSuchTable if the table was deleted
  public Optional<StoredItem> get(Key key) {
    byte[] encoded = KeyCodec.encode(key);
    return alive(() -> bee.now().get(encoded)).map(entry -> StoredItem.of(entry.value()));
  }

  /// Writes an item in place of the one that has its key, if that one, or its absence, fulfils the
  /// condition.
  ///
  /// @throws InvalidRequest if the item has no proper key or is too large
  /// @throws NoSuchTable if the table was deleted
  public WriteOutcome put(Item item, @Nullable Condition condition) {
    Key key = keys().keyOf(item);
    StoredItem after = storable(item);
    return write(key, condition, _ -> after);
  }

  /// Changes an item, or makes one, if it, or its absence, fulfils the condition.
  ///
  /// @throws InvalidRequest if the update does not fit the item, or makes it too large
  /// @throws NoSuchTable if the table was deleted
  public WriteOutcome update(Key key, Update update, @Nullable Condition condition) {
    return write(key, condition, before -> updated(key, update, before));
  }

  /// Deletes the item that has this key, if it, or its absence, fulfils the condition.
  ///
  /// @throws NoSuchTable if the table was deleted
  public WriteOutcome delete(Key key, @Nullable Condition condition) {
    return write(key, condition, _ -> null);
  }

  /// Reads a page of one partition.
  ///
  /// @param forward in ascending order of the sort key
  /// @throws InvalidRequest if the condition is not on this table's key, or the start not within
  /// @throws NoSuchTable if the table was deleted
  public Page query(KeyCondition condition, boolean forward, Reading reading) {
    KeyRange range = condition.in(keys());
    Map<String, AttributeValue> start = reading.start();
    if (start != null) {
      byte[] after = startKey(start);
      if (!range.contains(after)) {
        throw new InvalidRequest(outside(condition, start));
      }
      range = range.after(after, forward);
    }
    if (reading.filter() != null) {
      ConditionPaths.checkFilter(reading.filter(), keys());
    }
    return page(range.range(forward), reading);
  }

  /// Reads a page of one segment of the table.
  ///
  /// @param segment which of the segments, from 0
  /// @param total how many segments there are
  /// @throws InvalidRequest if the start is not within the segment
  /// @throws NoSuchTable if the table was deleted
  public Page scan(int segment, int total, Reading reading) {
    KeyRange range = total == 1 ? KeyRange.ALL : KeyRange.segment(segment, total);
    Map<String, AttributeValue> start = reading.start();
    if (start != null) {
      byte[] after = startKey(start);
      if (!range.contains(after)) {
        throw new InvalidRequest(
            "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
                .concat(" ExclusiveStartKey with correct Segment. TotalSegments: %d Segment: %d")
                .formatted(total, segment));
      }
      range = range.after(after, true);
    }
    return page(range.range(true), reading);
  }

  /// How much the table holds. Counted when asked for; the count is kept until the next write.
  ///
  /// @throws NoSuchTable if the table was deleted
  public TableStatistics statistics() {
    long version = bee.version();
    Count known = counted;
    if (known == null || known.version() != version) {
      known = new Count(version, alive(this::count));
      counted = known;
    }
    return known.statistics();
  }

  /// Whichever of the two says more recently what the table is.
  static Table newer(Table one, Table other) {
    return one.sequence >= other.sequence ? one : other;
  }

  /// Waits until no write is under way. To be called when the table counts as dropped, so that none
  /// will begin.
  void settle() {
    bee.batch().close();
  }

  /// The writes, checked, so that they can be made.
  ///
  /// @throws InvalidRequest if an item has no proper key or is too large
  List<Prepared> prepare(List<TableWrite> writes) {
    return writes.stream().map(this::prepare).toList();
  }

  /// Makes all writes in one batch of the bee: all of them happen or none does.
  ///
  /// @return what has to become durable before anybody is told
  Pending append(List<Prepared> writes) {
    List<WriteOutcome.Written> outcomes = new ArrayList<>();
    try (BeeBatch batch = turn()) {
      for (Prepared write : writes) {
        StoredItem before = find(batch, write.key());
        store(batch, write.key(), write.after());
        outcomes.add(new WriteOutcome.Written(before, write.after()));
      }
      return new Pending(outcomes, batch.commit());
    }
  }

  /// Writes that were appended and are on their way to the disk.
  record Pending(List<WriteOutcome.Written> outcomes, Ticket ticket) {}

  /// A write that can be made: the entry's key and its value, or null to delete it.
  record Prepared(byte[] key, @Nullable StoredItem after) {}

  private Prepared prepare(TableWrite write) {
    return switch (write) {
      case TableWrite.Put(Item item) ->
          new Prepared(KeyCodec.encode(keys().keyOf(item)), storable(item));
      case TableWrite.Delete(Key key) -> new Prepared(KeyCodec.encode(key), null);
    };
  }

  private WriteOutcome write(Key key, @Nullable Condition condition, Change change) {
    byte[] encoded = KeyCodec.encode(key);
    WriteOutcome outcome = null;
    InvalidRequest refusal = null;
    Ticket ticket;
    try (BeeBatch batch = turn()) {
      StoredItem before = find(batch, encoded);
      if (holds(condition, before)) {
        try {
          StoredItem after = change.of(before);
          store(batch, encoded, after);
          outcome = new WriteOutcome.Written(before, after);
        } catch (InvalidRequest unfit) {
          refusal = unfit;
        }
      } else {
        outcome = new WriteOutcome.ConditionFailed(before);
      }
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    if (outcome == null) {
      throw refusal == null ? new IllegalStateException("neither done nor refused") : refusal;
    }
    return outcome;
  }

  private static boolean holds(@Nullable Condition condition, @Nullable StoredItem before) {
    return condition == null
        || ConditionEvaluator.holds(condition, before == null ? Item.empty() : before.item());
  }

  private StoredItem updated(Key key, Update update, @Nullable StoredItem before) {
    Item item = before == null ? new Item(keys().attributesOf(key)) : before.item();
    Item after = update.applyTo(item);
    if (after.size() > Item.MAXIMUM_SIZE) {
      throw new InvalidRequest("Item size to update has exceeded the maximum allowed size");
    }
    return StoredItem.of(after);
  }

  private static StoredItem storable(Item item) {
    if (item.size() > Item.MAXIMUM_SIZE) {
      throw new InvalidRequest("Item size has exceeded the maximum allowed size");
    }
    return StoredItem.of(item);
  }

  private static @Nullable StoredItem find(BeeBatch batch, byte[] key) {
    return batch.get(key).map(entry -> StoredItem.of(entry.value())).orElse(null);
  }

  private static void store(BeeBatch batch, byte[] key, @Nullable StoredItem after) {
    if (after == null) {
      batch.delete(key);
    } else {
      batch.put(key, after.json());
    }
  }

  private BeeBatch turn() {
    BeeBatch batch = bee.batch();
    if (dropped.getAsBoolean()) {
      batch.close();
      throw new NoSuchTable(description.name());
    }
    return batch;
  }

  private Page page(Range range, Reading reading) {
    return alive(() -> new PageReader(keys(), reading).read(bee.now().range(range)));
  }

  private TableStatistics count() {
    long items = 0;
    long bytes = 0;
    BeeCursor cursor = bee.now().range(Range.all().limit(TableStatistics.MOST_COUNTED));
    while (cursor.hasNext()) {
      BeeEntry entry = cursor.next();
      items++;
      bytes += ItemJson.item(entry.value()).size();
    }
    return new TableStatistics(items, bytes);
  }

  /// Reads, unless the table is dropped. Dropping it takes blocks away from readers.
  private <T> T alive(Supplier<T> read) {
    if (dropped.getAsBoolean()) {
      throw new NoSuchTable(description.name());
    }
    try {
      return read.get();
    } catch (BeeFault fault) {
      throw dropped.getAsBoolean() ? new NoSuchTable(description.name()) : fault;
    }
  }

  private byte[] startKey(Map<String, AttributeValue> start) {
    try {
      return KeyCodec.encode(keys().keyFrom(start));
    } catch (InvalidRequest invalid) {
      throw new InvalidRequest("The provided starting key is invalid: " + invalid.getMessage());
    }
  }

  private String outside(KeyCondition condition, Map<String, AttributeValue> start) {
    KeyAttribute sort = keys().sort();
    if (sort == null || !condition.tests().containsKey(sort.name())) {
      return "The provided starting key is outside query boundaries based on provided conditions";
    }
    KeyTest partition = condition.tests().get(keys().partition().name());
    boolean samePartition =
        partition != null
            && partition.values().getFirst().equals(start.get(keys().partition().name()));
    return samePartition
        ? "The provided starting key does not match the range key predicate"
        : "The provided starting key is outside query boundaries based on provided conditions";
  }
}
