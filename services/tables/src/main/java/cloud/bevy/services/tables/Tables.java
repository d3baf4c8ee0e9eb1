package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeCursor;
import cloud.bevy.hyper.bee.BeeEntry;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.hyper.store.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tables of a cloud. Their catalogue is a bee; each table's items are a bee of their own,
/// under a name that is never used twice.
///
/// In the catalogue, `name:…` is a table and `drop:…` a bee that is to be dropped: it is noted
/// before it is done, so that no crash leaves one behind. Of `kept:…` see [Streams].
public final class Tables {
  static final String CATALOGUE = "tables";
  static final String NAME = "name:";
  private static final int INCARNATION_BYTES = 16;

  /// How long what was asked for may take to be written down before it is looked for.
  private static final Duration SAFETY = Duration.ofMinutes(1);

  private final Cloud cloud;
  private final Bee catalogue;
  private final Intents intents;
  private final Backups backups;
  private final Streams streams;
  private final Map<String, Table> known = new ConcurrentHashMap<>();
  private final Set<String> dropped = ConcurrentHashMap.newKeySet();

  private Tables(Cloud cloud) {
    this.cloud = cloud;
    catalogue = cloud.bee(CATALOGUE);
    intents = new Intents(cloud, catalogue);
    backups = new Backups(cloud, catalogue, this);
    streams = new Streams(cloud, this, catalogue);
    intents.recover(this::apply);
  }

  /// The tables of `cloud`: always the same object while the cloud is open.
  public static Tables of(Cloud cloud) {
    return cloud.attachment(Tables.class, Tables::new);
  }

  /// The backups of these tables.
  public Backups backups() {
    return backups;
  }

  /// The streams of the tables.
  public Streams streams() {
    return streams;
  }

  /// The exports of these tables.
  public Exports exports() {
    return Exports.of(cloud);
  }

  /// The imports that make tables.
  public Imports imports() {
    return Imports.of(cloud);
  }

  /// Creates a table. It can be used at once.
  public CreateOutcome create(TableDefinition definition) {
    return create(definition, null);
  }

  /// Creates a table. It can be used at once.
  ///
  /// @param stream what its stream shows; null for a table without one
  public CreateOutcome create(TableDefinition definition, @Nullable StreamView stream) {
    finishDrops();
    Instant now = cloud.world().time().now();
    TableDescription description =
        described(stream == null ? definition : definition.streaming(stream, now, 1));
    byte[] key = key(NAME + definition.name());
    boolean free;
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      free = batch.get(key).isEmpty();
      if (free) {
        batch.put(key, TableRecord.bytes(description));
      }
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    return free
        ? new CreateOutcome.Created(table(definition.name()))
        : new CreateOutcome.NameTaken(definition.name());
  }

  /// The table of that name.
  ///
  /// @throws NoSuchTable if there is none
  public Table table(String name) {
    Table table = known.get(name);
    if (table != null && !dropped.contains(table.description().incarnation())) {
      return table;
    }
    BeeEntry entry = catalogue.now().get(key(NAME + name)).orElseThrow(() -> new NoSuchTable(name));
    TableDescription description = TableRecord.read(name, entry.value());
    Table opened = opened(description, entry.sequence());
    return TableNews.of(cloud).tell(known.merge(name, opened, Tables::merged));
  }

  private Table opened(TableDescription description, long sequence) {
    BooleanSupplier isDropped = () -> dropped.contains(description.incarnation());
    return new Table(cloud, description, sequence, isDropped);
  }

  private static Table merged(Table before, Table read) {
    boolean same = before.description().incarnation().equals(read.description().incarnation());
    return same ? before : Table.newer(before, read);
  }

  /// The names of the tables after `after`, in order.
  ///
  /// @param after a name, which need not exist; empty for the first names
  public TableNames list(String after, int limit) {
    BeeCursor cursor =
        catalogue.now().range(Range.prefix(key(NAME)).gt(key(NAME + after)).limit(limit + 1L));
    List<String> names = new ArrayList<>();
    while (cursor.hasNext() && names.size() < limit) {
      names.add(name(cursor.next().key()));
    }
    return new TableNames(names, cursor.hasNext());
  }

  /// Changes what is said of a table, not its key. What is new in it that is made from the items,
  /// or is no more, is seen to later: see [#ring].
  ///
  /// @throws NoSuchTable if there is none
  /// @throws TableBusy if it is being restored
  public Table update(String name, UnaryOperator<TableDefinition> change) {
    Table table = idle(name);
    wakeSoon(name);
    TableDescription after =
        describe(name, (_, before) -> before.with(change.apply(before.definition()), true));
    if (after.unfinished()) {
      wakeNow(name);
    }
    return table;
  }

  /// A table that is not being restored.
  ///
  /// @throws NoSuchTable if there is none
  /// @throws TableBusy if it is
  Table idle(String name) {
    Table table = table(name);
    if (table.description().restoring()) {
      throw new TableBusy(name);
    }
    return table;
  }

  /// To be called before something is begun: whatever happens after this, it is ended.
  void wakeSoon(String name) {
    cloud.wakeBy(TableWork.alarm(name), cloud.world().time().now().plus(SAFETY));
  }

  /// To be called when something is begun.
  void wakeNow(String name) {
    cloud.wakeBy(TableWork.alarm(name), cloud.world().time().now());
  }

  /// How a description changes, in a turn of the catalogue.
  interface Change {
    TableDescription of(BeeBatch catalogue, TableDescription before);
  }

  /// Replaces a table's description, and waits until every write goes by it.
  TableDescription describe(String name, Change change) {
    Table table = table(name);
    TableDescription after = note(table, change);
    table.settle();
    return after;
  }

  /// Replaces a table's description.
  private TableDescription note(Table table, Change change) {
    String name = table.description().name();
    byte[] key = key(NAME + name);
    TableDescription after;
    long sequence;
    Ticket ticket;
    try (BeeBatch batch = catalogue.batch()) {
      after = change.of(batch, stated(batch, name));
      sequence = batch.put(key, TableRecord.bytes(after));
      ticket = batch.commit();
    }
    cloud.durable(ticket);
    if (table.description().incarnation().equals(after.incarnation())) {
      table.become(after, sequence);
    }
    return after;
  }

  /// Switches a table's stream on or off: what is written later is in it, or not.
  ///
  /// @param view what its records show; null to switch it off
  /// @param change what is said of the table beside; nothing that is made from its items
  /// @throws NoSuchTable if there is none
  /// @throws TableBusy if it is being restored
  /// @throws InvalidRequest if that is so already
  public Table stream(
      String name, @Nullable StreamView view, UnaryOperator<TableDefinition> change) {
    Table table = idle(name);
    // A crash may take away what is not durable yet: the stream begins before that.
    long since = table.bee().version();
    try (ItemBatch turn = table.turn()) {
      Instant now = cloud.world().time().now();
      note(
          table,
          (_, before) -> {
            TableDefinition other = change.apply(before.definition());
            TableDefinition next =
                view == null
                    ? other.notStreaming(now, turn.version())
                    : other.streaming(view, now, since);
            return before.with(next, true);
          });
    }
    return table;
  }

  /// Has a table's items expire by an attribute, or no more.
  ///
  /// @throws NoSuchTable if there is none
  /// @throws InvalidRequest if that is so already
  public void expire(String name, String attribute, boolean enabled) {
    update(
        name,
        before -> {
          TimeToLive now = before.timeToLive();
          if (now == null && !enabled) {
            throw new InvalidRequest("TimeToLive is already disabled");
          }
          if (now != null && !now.attribute().equals(attribute)) {
            throw new InvalidRequest(
                "TimeToLive is active on a different AttributeName: current AttributeName is "
                    + now.attribute());
          }
          if (now != null && enabled) {
            throw new InvalidRequest("TimeToLive is already enabled");
          }
          return before.withTimeToLive(enabled ? new TimeToLive(attribute, "", true) : null);
        });
  }

  /// Whether it was a table that asked for an alarm.
  public static boolean asked(String alarm) {
    return alarm.equals(Backups.ALARM) || TableWork.table(alarm).isPresent();
  }

  /// Does what [Cloud#wakeBy] was asked for, if that was asked for here.
  ///
  /// @param stopping whether to stop: what is left is to be done later
  /// @return when there will be something to do again
  public Optional<Instant> ring(String alarm, BooleanSupplier stopping) {
    if (alarm.equals(Backups.ALARM)) {
      return backups.expire(stopping);
    }
    return TableWork.table(alarm).flatMap(name -> ringFor(name, stopping));
  }

  private Optional<Instant> ringFor(String name, BooleanSupplier stopping) {
    finishDrops();
    Optional<Instant> work =
        Optional.of(name)
            .filter(known -> catalogue.now().get(key(NAME + known)).isPresent())
            .flatMap(known -> new TableWork(cloud, this, table(known), stopping).run());
    return Stream.of(work, streams.nextToForget(name))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /// Deletes a table and its items. What backups hold stays; and where it has a stream that can be
  /// read, the log does until that is over.
  ///
  /// @return what it was
  /// @throws NoSuchTable if there is none
  /// @throws InvalidRequest if it is protected against deletion
  /// @throws TableBusy if items are being imported into it
  public TableDescription delete(String name) {
    Table table = table(name);
    checkUnprotected(table.description());
    TableStatistics holds = beforeDeletion(table);
    TableDescription description;
    // Nothing is written to it while it becomes one that is deleted.
    try (BeeBatch _ = table.bee().batch();
        BeeBatch batch = catalogue.batch()) {
      description = stated(batch, name);
      checkUnprotected(description);
      batch.delete(key(NAME + name));
      backups.keepDeleted(batch, description, holds);
      Holds needed = new Holds(batch);
      Restoration restoration = description.restoration();
      if (restoration != null && !restoration.done()) {
        needed.release(restoration.incarnation(), Holds.restoration(description.incarnation()));
      }
      if (streams.outlive(description)) {
        cloud.wakeBy(TableWork.alarm(name), cloud.world().time().now().plus(TableStream.KEPT));
        streams.keep(batch, description);
      }
      needed.drop(description.incarnation());
      cloud.durable(batch.commit());
      dropped.add(description.incarnation());
    }
    if (description.recovery() != null) {
      backups.wake();
    }
    known.remove(name, table);
    finishDrops();
    return description;
  }

  private static void checkUnprotected(TableDescription table) {
    if (table.importing() != null) {
      throw new TableBusy(table.name());
    }
    if (table.definition().deletionProtected()) {
      throw new InvalidRequest(
          "Resource cannot be deleted as it is currently protected against deletion. Disable"
              + " deletion protection first.");
    }
  }

  /// Sees to what must be so before a table is deleted: nobody reads it from outside, though its
  /// bee may be there longer.
  ///
  /// @return what it holds, where that will be told of
  private TableStatistics beforeDeletion(Table table) {
    cloud.unshareBee(table.description().bee());
    if (table.description().recovery() == null) {
      return new TableStatistics(0, 0);
    }
    backups.wake();
    return table.statistics();
  }

  /// What the catalogue says of a table in a turn of it.
  ///
  /// @throws NoSuchTable if it says nothing
  TableDescription stated(BeeBatch batch, String name) {
    return taken(batch, name).orElseThrow(() -> new NoSuchTable(name));
  }

  /// The same for a name that no table may have.
  Optional<TableDescription> taken(BeeBatch batch, String name) {
    return batch.get(key(NAME + name)).map(entry -> TableRecord.read(name, entry.value()));
  }

  /// Whether a table is there still.
  boolean isStated(BeeBatch batch, TableDescription table) {
    return taken(batch, table.name())
        .filter(now -> now.incarnation().equals(table.incarnation()))
        .isPresent();
  }

  /// Enters a table into the catalogue.
  void state(BeeBatch batch, TableDescription table) {
    batch.put(key(NAME + table.name()), TableRecord.bytes(table));
  }

  /// Makes all writes; those to one table happen together or not at all.
  ///
  /// @return what was written, table by table, in the given order
  /// @throws InvalidRequest if an item has no proper key or is too large
  public Map<Table, List<WriteOutcome.Written>> writeAll(Map<Table, List<TableWrite>> writes) {
    Map<Table, Table.Pending> pending = new LinkedHashMap<>();
    Map<Table, List<Table.Prepared>> prepared = new LinkedHashMap<>();
    writes.forEach((table, ofTable) -> prepared.put(table, table.prepare(ofTable)));
    prepared.forEach((table, ofTable) -> pending.put(table, table.append(ofTable)));
    Map<Table, List<WriteOutcome.Written>> written = new LinkedHashMap<>();
    pending.forEach((table, appended) -> {
      table.durable(appended.ticket(), appended.expiry());
      written.put(table, appended.outcomes());
    });
    return written;
  }

  /// Carries out all actions, or none.
  ///
  /// @param token what says that two requests within ten minutes are one; null if nothing does
  /// @throws InvalidRequest if two actions are about one item
  public TransactOutcome transact(List<TransactAction> actions, @Nullable String token) {
    return new Transaction(cloud, intents, actions).run(token);
  }

  /// Reads items as they are at one moment.
  ///
  /// @return an item for each key, or nothing
  public List<Optional<StoredItem>> readTogether(List<TableKey> keys) {
    Set<Table> tables = new LinkedHashSet<>();
    keys.forEach(key -> tables.add(key.table()));
    if (tables.size() == 1) {
      return tables.iterator().next().get(keys.stream().map(TableKey::key).toList());
    }
    SortedMap<String, Table> ordered = new TreeMap<>();
    tables.forEach(table -> ordered.put(table.description().incarnation(), table));
    Map<Table, ItemBatch> turns = new HashMap<>();
    try {
      ordered.values().forEach(table -> turns.put(table, table.turn()));
      List<Optional<StoredItem>> items = new ArrayList<>();
      for (TableKey key : keys) {
        ItemBatch turn = Objects.requireNonNull(turns.get(key.table()));
        items.add(Optional.ofNullable(turn.find(KeyCodec.encode(key.key()))));
      }
      List<Ticket> tickets = turns.values().stream().map(ItemBatch::commit).toList();
      tickets.forEach(cloud::durable);
      return items;
    } finally {
      turns.values().forEach(ItemBatch::close);
    }
  }

  /// Does what is left of a transaction, if its table is there and lacks it.
  private void apply(Intent intent) {
    Table table;
    try {
      table = table(intent.table());
    } catch (NoSuchTable deleted) {
      return;
    }
    boolean lacking =
        table.description().incarnation().equals(intent.incarnation())
            && table.bee().version() <= intent.version();
    if (lacking) {
      table.apply(intent.writes());
    }
  }

  /// Drops the bees that deleted tables have left and nobody needs.
  void finishDrops() {
    streams.forgetOld();
    BeeCursor cursor = catalogue.now().range(Range.prefix(key(Holds.DROP)));
    while (cursor.hasNext()) {
      byte[] key = cursor.next().key();
      String incarnation = text(key).substring(Holds.DROP.length());
      dropped.add(incarnation);
      cloud.dropBee(TableDescription.bee(incarnation));
      cloud.durable(catalogue.delete(key));
    }
  }

  /// What a table will be that is to be made.
  TableDescription described(TableDefinition definition) {
    byte[] random = cloud.world().chance().bytes(INCARNATION_BYTES);
    return new TableDescription(
            definition,
            HexFormat.of().formatHex(random),
            cloud.world().time().now().truncatedTo(ChronoUnit.MILLIS))
        .with(definition, false);
  }

  /// The catalogue's key of a table.
  static byte[] nameKey(String table) {
    return key(NAME + table);
  }

  /// The name of the table that such a key is of.
  static String name(byte[] nameKey) {
    return text(nameKey).substring(NAME.length());
  }

  static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }
}
