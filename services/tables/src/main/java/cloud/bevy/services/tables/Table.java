package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeFault;
import cloud.bevy.hyper.bee.BeeView;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
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
  private final BooleanSupplier dropped;
  private final TableTimes times;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Stated stated;
  private final Map<String, Count> counted = new ConcurrentHashMap<>();

  private record Count(long version, TableStatistics statistics) {}

  /// What the catalogue says of the table.
  ///
  /// @param sequence of the catalogue's entry: a later one is newer
  private record Stated(TableDescription description, long sequence) {}

  /// What an item becomes; null deletes it.
  interface Change {
    @Nullable StoredItem of(@Nullable StoredItem before);
  }

  /// @param sequence of the catalogue's entry: a later one is newer
  /// @param dropped whether the table was deleted
  Table(Cloud cloud, TableDescription description, long sequence, BooleanSupplier dropped) {
    this.cloud = cloud;
    stated = new Stated(description, sequence);
    this.dropped = dropped;
    bee = cloud.bee(description.bee());
    times = new TableTimes(cloud.world().time());
  }

  /// What the table is.
  public TableDescription description() {
    return stated.description();
  }

  /// Which attributes are its key.
  public KeySchema keys() {
    return description().definition().keys();
  }

  /// The bee that holds the items, for those who check or copy it. Only the table writes to it.
  public Bee bee() {
    return bee;
  }

  /// What was done to the items, for what is made from them and kept elsewhere.
  public TableLog log() {
    return new TableLog(this);
  }

  /// The items with their versions, for those who decide by these.
  public ItemVersions versions() {
    return new ItemVersions(this);
  }

  /// Lets whoever knows the table's key read all of it from outside, with what it held before, as
  /// long as it is there.
  ///
  /// @return the key, 32 bytes
  /// @throws NoSuchTable if the table was deleted
  public byte[] share() {
    return alive(() -> cloud.shareBee(description().bee()));
  }

  /// The item that has this key.
  ///
  /// @throws NoSuchTable if the table was deleted
  public Optional<StoredItem> get(Key key) {
    byte[] encoded = KeyCodec.encode(key);
    return alive(() -> ItemBatch.items(bee.now()).get(encoded))
        .map(entry -> StoredItem.of(entry.value()));
  }

  /// The items that have these keys, all as of one moment.
  ///
  /// @return an item for each key, or nothing
  /// @throws NoSuchTable if the table was deleted
  List<Optional<StoredItem>> get(List<Key> keys) {
    return alive(() -> {
      BeeView items = ItemBatch.items(bee.now());
      return keys.stream()
          .map(key -> items.get(KeyCodec.encode(key)).map(entry -> StoredItem.of(entry.value())))
          .toList();
    });
  }

  /// Writes an item in place of the one that has its key, if that one, or its absence, fulfils the
  /// condition.
  ///
  /// @throws InvalidRequest if the item has no proper key or is too large
  /// @throws NoSuchTable if the table was deleted
  public WriteOutcome put(Item item, @Nullable Condition condition) {
    Key key = keys().keyOf(item);
    description().definition().check(item);
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
    Condition filter = reading.filter();
    if (filter != null) {
      KeySchema schema = checked(target(bee.now(), reading), reading);
      condition.in(schema, reading.index() != null);
      ConditionPaths.checkFilter(filter, schema);
    }
    return queryFor(List.of(condition), forward, reading);
  }

  /// Reads a page of some partitions, one after another, with a filter that may look at the key.
  ///
  /// @param conditions at least one
  public Page queryFor(List<KeyCondition> conditions, boolean forward, Reading reading) {
    BeeView view = bee.now();
    ReadTarget target = target(view, reading);
    KeySchema schema = checked(target, reading);
    boolean index = reading.index() != null;
    List<KeyRange> ranges =
        conditions.stream().map(condition -> condition.in(schema, index)).toList();
    Map<String, AttributeValue> start = reading.start();
    if (start != null) {
      ranges = KeyRange.after(ranges, startKey(target, start), forward);
      if (ranges.isEmpty()) {
        throw new InvalidRequest(target.outside(conditions.getFirst(), start));
      }
    }
    return page(view, target, ranges.stream().map(each -> each.range(forward)).toList(), reading);
  }

  /// What a query goes by.
  ///
  /// @throws InvalidRequest if the query begins where it cannot
  private static KeySchema checked(ReadTarget target, Reading reading) {
    Map<String, AttributeValue> start = reading.start();
    if (start != null) {
      checkStart(target, start);
    }
    SecondaryIndex index = target.index();
    return index == null ? target.table() : index.keys();
  }

  /// Reads a page of one segment of the table.
  ///
  /// @param segment which of the segments, from 0
  /// @param total how many segments there are
  /// @throws InvalidRequest if the start is not within the segment
  /// @throws NoSuchTable if the table was deleted
  public Page scan(int segment, int total, Reading reading) {
    BeeView view = bee.now();
    ReadTarget target = target(view, reading);
    KeyRange range = total == 1 ? KeyRange.ALL : KeyRange.segment(segment, total);
    Map<String, AttributeValue> start = reading.start();
    if (start != null) {
      if (target.index() != null) {
        checkStart(target, start);
      }
      byte[] after = startKey(target, start);
      if (!range.contains(after)) {
        throw new InvalidRequest(
            "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
                .concat(" ExclusiveStartKey with correct Segment. TotalSegments: %d Segment: %d")
                .formatted(total, segment));
      }
      range = range.after(after, true);
    }
    return page(view, target, List.of(range.range(true)), reading);
  }

  /// What was done to the items, newest first.
  ///
  /// @param since nothing that was done in an earlier second
  /// @param before a block of the log: what it and later ones did is passed over
  /// @throws NoSuchTable if the table was deleted
  public TableHistoryPage history(Instant since, long before, int limit) {
    return alive(() -> new TableHistory(description(), bee, before).page(since, limit));
  }

  /// How much the table holds. Counted when asked for; the count is kept until the next write.
  ///
  /// @throws NoSuchTable if the table was deleted
  public TableStatistics statistics() {
    return statistics("", null);
  }

  /// How much an index holds.
  ///
  /// @throws NoSuchTable if the table was deleted
  public TableStatistics statistics(SecondaryIndex index) {
    return statistics(index.id(), index);
  }

  private TableStatistics statistics(String id, @Nullable SecondaryIndex index) {
    long version = bee.version();
    Count known = counted.get(id);
    if (known == null || known.version() != version) {
      known = new Count(version, alive(() -> count(index)));
      counted.put(id, known);
    }
    return known.statistics();
  }

  /// Takes note of what the catalogue says, unless that is older than what is known.
  void become(TableDescription description, long sequence) {
    lock.lock();
    try {
      if (sequence > stated.sequence()) {
        stated = new Stated(description, sequence);
      }
    } finally {
      lock.unlock();
    }
    TableNews.of(cloud).tell(this);
  }

  /// Whichever of the two was made later.
  static Table newer(Table one, Table other) {
    return one.stated.sequence() >= other.stated.sequence() ? one : other;
  }

  /// Waits until no write is under way that began before: to be called when the table counts as
  /// dropped, or has become something else.
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
    try (ItemBatch batch = turn()) {
      for (Prepared write : writes) {
        StoredItem before = batch.find(write.key());
        batch.store(write.key(), before, write.after());
        outcomes.add(new WriteOutcome.Written(before, write.after()));
      }
      return new Pending(outcomes, batch.commit(), batch.expiry());
    }
  }

  /// Makes writes that were decided upon before.
  void apply(List<Intent.Write> writes) {
    Ticket ticket;
    Instant expiry;
    try (ItemBatch batch = turn()) {
      for (Intent.Write write : writes) {
        byte[] json = write.json();
        StoredItem after = json == null ? null : StoredItem.of(json);
        batch.store(write.key(), batch.find(write.key()), after);
      }
      expiry = batch.expiry();
      ticket = batch.commit();
    }
    durable(ticket, expiry);
  }

  /// Writes that were appended and are on their way to the disk.
  record Pending(List<WriteOutcome.Written> outcomes, Ticket ticket, @Nullable Instant expiry) {}

  /// A write that can be made: the entry's key and its value, or null to delete it.
  record Prepared(byte[] key, @Nullable StoredItem after) {}

  private Prepared prepare(TableWrite write) {
    return switch (write) {
      case TableWrite.Put(Item item) ->
          new Prepared(KeyCodec.encode(keys().keyOf(item)), storable(item));
      case TableWrite.Delete(Key key) -> new Prepared(KeyCodec.encode(key), null);
    };
  }

  /// Waits until what was appended may be told of.
  ///
  /// @param expiry when the first of the items expires that were written; null if none does
  void durable(Ticket ticket, @Nullable Instant expiry) {
    if (expiry != null) {
      cloud.wakeBy(TableWork.alarm(description().name()), TableWork.due(expiry));
    }
    cloud.durable(ticket);
  }

  private WriteOutcome write(Key key, @Nullable Condition condition, Change change) {
    byte[] encoded = KeyCodec.encode(key);
    WriteOutcome outcome = null;
    InvalidRequest refusal = null;
    Ticket ticket;
    Instant expiry;
    try (ItemBatch batch = turn()) {
      StoredItem before = batch.find(encoded);
      if (holds(condition, before)) {
        try {
          StoredItem after = change.of(before);
          batch.store(encoded, before, after);
          outcome = new WriteOutcome.Written(before, after);
        } catch (InvalidRequest unfit) {
          refusal = unfit;
        }
      } else {
        outcome = new WriteOutcome.ConditionFailed(before);
      }
      ticket = batch.commit();
      expiry = batch.expiry();
    }
    durable(ticket, expiry);
    if (outcome == null) {
      throw refusal == null ? new IllegalStateException("neither done nor refused") : refusal;
    }
    return outcome;
  }

  static boolean holds(@Nullable Condition condition, @Nullable StoredItem before) {
    return condition == null
        || ConditionEvaluator.holds(condition, before == null ? Item.empty() : before.item());
  }

  /// What an update makes of an item; null where there is none and the update only takes away,
  /// which makes none.
  @Nullable StoredItem updated(Key key, Update update, @Nullable StoredItem before) {
    if (before == null && update.onlyRemoves()) {
      return null;
    }
    Item item = before == null ? new Item(keys().attributesOf(key)) : before.item();
    Item after = update.applyTo(item);
    if (after.size() > Item.MAXIMUM_SIZE) {
      throw new InvalidRequest("Item size to update has exceeded the maximum allowed size");
    }
    return StoredItem.of(after);
  }

  static StoredItem storable(Item item) {
    if (item.size() > Item.MAXIMUM_SIZE) {
      throw new InvalidRequest("Item size has exceeded the maximum allowed size");
    }
    return StoredItem.of(item);
  }

  /// Takes the turn to write.
  ///
  /// @throws NoSuchTable if the table was deleted, or is still being restored
  ItemBatch turn() {
    checkRestored();
    return restoringTurn();
  }

  /// Takes the turn to write, though the table may still be being restored.
  ItemBatch restoringTurn() {
    BeeBatch batch = bee.batch();
    if (dropped.getAsBoolean()) {
      batch.close();
      throw new NoSuchTable(description().name());
    }
    return new ItemBatch(batch, description(), times, cloud);
  }

  /// A table that is still being restored is for nobody there yet.
  private void checkRestored() {
    if (description().restoring()) {
      throw new NoSuchTable(description().name());
    }
  }

  /// @throws InvalidRequest if there is no such index, or it is not complete yet
  private ReadTarget target(BeeView view, Reading reading) {
    SecondaryIndex index = null;
    String name = reading.index();
    if (name != null) {
      index =
          description()
              .definition()
              .index(name)
              .orElseThrow(
                  () -> new InvalidRequest("The table does not have the specified index: " + name));
      if (index.building()) {
        throw new InvalidRequest("Cannot read from backfilling global secondary index: " + name);
      }
    }
    return new ReadTarget(keys(), index, reading.whole(), ItemBatch.items(view));
  }

  private Page page(BeeView view, ReadTarget target, List<Range> ranges, Reading reading) {
    SecondaryIndex index = target.index();
    BeeView entries = index == null ? target.items() : ItemBatch.entries(view, index.id());
    return alive(
        () -> new PageReader(target, reading).read(ranges.stream().map(entries::range).iterator()));
  }

  private TableStatistics count(@Nullable SecondaryIndex index) {
    long items = 0;
    long bytes = 0;
    BeeView view = bee.now();
    ReadTarget target = new ReadTarget(keys(), index, false, ItemBatch.items(view));
    BeeView entries = index == null ? target.items() : ItemBatch.entries(view, index.id());
    BeeCursor cursor = entries.range(Range.all().limit(TableStatistics.MOST_COUNTED));
    while (cursor.hasNext()) {
      items++;
      bytes += target.answered(target.item(cursor.next())).item().size();
    }
    return new TableStatistics(items, bytes);
  }

  /// Reads, unless the table is dropped. Dropping it takes blocks away from readers.
  <T> T alive(Supplier<T> read) {
    checkRestored();
    if (dropped.getAsBoolean()) {
      throw new NoSuchTable(description().name());
    }
    try {
      return read.get();
    } catch (BeeFault fault) {
      throw dropped.getAsBoolean() ? new NoSuchTable(description().name()) : fault;
    }
  }

  /// Queries, and scans of an index, say other than scans of a table what is wrong with a start.
  private static void checkStart(ReadTarget target, Map<String, AttributeValue> start) {
    SecondaryIndex index = target.index();
    KeySchema schema = index == null ? target.table() : index.keys();
    Map<String, AttributeValue> read = new LinkedHashMap<>(start);
    read.keySet().removeIf(name -> !schema.contains(name));
    if (start.size() != target.names().size() || read.size() < schema.attributes().size()) {
      throw new InvalidRequest("The provided starting key is invalid");
    }
    schema.check(read);
  }

  /// The entry that a page begins behind.
  private static byte[] startKey(ReadTarget target, Map<String, AttributeValue> start) {
    try {
      return target.entry(start);
    } catch (InvalidRequest invalid) {
      throw new InvalidRequest("The provided starting key is invalid: " + invalid.getMessage());
    }
  }
}
