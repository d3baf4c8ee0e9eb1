package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.hyper.bee.BeeChange;
import cloud.bevy.hyper.bee.History;
import cloud.bevy.hyper.bee.Range;
import cloud.bevy.testing.simulator.ClockedWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a stream tells of a table, for how long, and what it costs.
final class StreamTest {
  private static final KeySchema KEYS = new KeySchema(new KeyAttribute("p", KeyType.S), null);
  private static final String TABLE = "table";

  private final Path folder;
  private final ClockedWorld world = new ClockedWorld();

  StreamTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void with(Consumer<Cloud> work) {
    try (Clouds clouds = Clouds.open(world, folder, CloudLimits.defaults())) {
      clouds.create("test");
      try (Lease lease = clouds.open("test").orElseThrow()) {
        work.accept(lease.cloud());
      }
    }
  }

  private static Table create(Cloud cloud) {
    Tables.of(cloud).create(TableDefinition.of(TABLE, KEYS), StreamView.NEW_AND_OLD_IMAGES);
    return Tables.of(cloud).table(TABLE);
  }

  private static Item item(String p, long value) {
    return Item.of(Map.of("p", AttributeValue.text(p), "n", AttributeValue.number(value)));
  }

  private static Key key(String p) {
    return new Key(AttributeValue.text(p), null);
  }

  private static StreamReader reader(Cloud cloud) {
    StreamPage page = Tables.of(cloud).streams().list(TABLE, null, 100);
    return find(cloud, page.streams().getLast()).orElseThrow();
  }

  private static Optional<StreamReader> find(Cloud cloud, StreamPage.Named stream) {
    return Tables.of(cloud).streams().find(stream.table(), stream.label());
  }

  /// All that a reader is told of, read in pages.
  private static List<ItemChange> read(StreamReader reader, long from, int limit) {
    List<ItemChange> changes = new ArrayList<>();
    long place = from;
    while (true) {
      ChangePage.Read page = (ChangePage.Read) reader.page(place, limit);
      changes.addAll(page.changes());
      if (page.ended() || page.changes().isEmpty()) {
        return changes;
      }
      place = page.next();
    }
  }

  private static String told(ItemChange change) {
    return "%s %s %s"
        .formatted(
            ((AttributeValue.S) change.keys().attributes().firstEntry().getValue()).value(),
            number(change.before()),
            number(change.after()));
  }

  private static String number(@Nullable StoredItem item) {
    return item == null ? "-" : ((AttributeValue.N) item.item().get("n")).value().toString();
  }

  private static List<String> told(Cloud cloud) {
    StreamReader reader = reader(cloud);
    return read(reader, reader.oldest(), 1000).stream().map(StreamTest::told).toList();
  }

  @Test
  void whatIsReadInPagesOfAnySizeMakesTheTable() {
    with(cloud -> {
      Table table = create(cloud);
      Random random = new Random(7);
      for (int step = 0; step < 60; step++) {
        List<TableWrite> writes = new ArrayList<>();
        for (int at = 0; at <= random.nextInt(5); at++) {
          String p = at + "-" + random.nextInt(4);
          writes.add(
              random.nextBoolean()
                  ? new TableWrite.Put(item(p, random.nextInt(3)))
                  : new TableWrite.Delete(key(p)));
        }
        Tables.of(cloud).writeAll(Map.of(table, writes));
      }
      StreamReader reader = reader(cloud);
      List<ItemChange> whole = read(reader, reader.oldest(), 1000);
      assertThat(whole).hasSizeGreaterThan(60);
      Map<Item, Item> rebuilt = new HashMap<>();
      for (ItemChange change : whole) {
        Item before = change.before() == null ? null : change.before().item();
        assertThat(rebuilt.get(change.keys())).isEqualTo(before);
        if (change.after() == null) {
          rebuilt.remove(change.keys());
        } else {
          rebuilt.put(change.keys(), change.after().item());
        }
      }
      List<Item> items =
          table.scan(0, 1, Reading.ALL).items().stream().map(StoredItem::item).toList();
      assertThat(rebuilt.values()).containsExactlyInAnyOrderElementsOf(items);
      for (int limit : List.of(1, 2, 3, 7)) {
        assertThat(read(reader, reader.oldest(), limit))
            .extracting(ItemChange::sequence)
            .containsExactlyElementsOf(whole.stream().map(ItemChange::sequence).toList());
      }
    });
  }

  @Test
  void aWriteThatChangesNothingIsNotTold() {
    with(cloud -> {
      Table table = create(cloud);
      table.put(item("a", 1), null);
      table.put(item("a", 1), null);
      table.put(
          Item.of(Map.of("n", AttributeValue.number(1), "p", AttributeValue.text("a"))), null);
      table.delete(key("b"), null);
      table.delete(key("a"), null);
      assertThat(told(cloud)).containsExactly("a - 1", "a 1 -");
    });
  }

  @Test
  void whatIsWrittenWhileTheStreamIsOffIsNotTold() {
    with(cloud -> {
      Tables tables = Tables.of(cloud);
      tables.create(TableDefinition.of(TABLE, KEYS));
      Table table = tables.table(TABLE);
      table.put(item("before", 1), null);
      tables.stream(TABLE, StreamView.NEW_IMAGE, before -> before);
      table.put(item("on", 1), null);
      StreamReader open = reader(cloud);
      ChangePage.Read page = (ChangePage.Read) open.page(open.oldest(), 1000);
      assertThat(page.ended()).isFalse();
      tables.stream(TABLE, null, before -> before);
      table.put(item("off", 1), null);
      tables.stream(TABLE, StreamView.KEYS_ONLY, before -> before);
      table.put(item("again", 1), null);
      List<StreamPage.Named> streams = tables.streams().list(TABLE, null, 100).streams();
      assertThat(streams).hasSize(2);
      StreamReader closed = find(cloud, streams.getFirst()).orElseThrow();
      assertThat(read(closed, closed.oldest(), 1))
          .extracting(StreamTest::told)
          .containsExactly("on - 1");
      assertThat(((ChangePage.Read) closed.page(page.next(), 1)).ended()).isTrue();
      assertThat(told(cloud)).containsExactly("again - 1");
    });
  }

  @Test
  void aStreamIsNotSwitchedOnOrOffTwice() {
    with(cloud -> {
      create(cloud);
      Tables tables = Tables.of(cloud);
      assertThatThrownBy(() -> tables.stream(TABLE, StreamView.NEW_IMAGE, before -> before))
          .isInstanceOf(InvalidRequest.class)
          .hasMessage("Table already has an enabled stream: TableName: table");
      tables.stream(TABLE, null, before -> before);
      assertThatThrownBy(() -> tables.stream(TABLE, null, before -> before))
          .isInstanceOf(InvalidRequest.class)
          .hasMessage("Table has no stream to disable: TableName: table");
    });
  }

  @Test
  void recordsAndClosedStreamsAreReadForADayAndNotLonger() {
    with(cloud -> {
      Table table = create(cloud);
      for (int hour = 0; hour < 30; hour++) {
        table.put(item("a", hour), null);
        world.pass(Duration.ofHours(1));
      }
      StreamReader reader = reader(cloud);
      assertThat(told(cloud)).hasSize(24).startsWith("a 5 6").endsWith("a 28 29");
      assertThat(reader.page(reader.first(), 10)).isInstanceOf(ChangePage.Trimmed.class);
      assertThat(reader.page(reader.oldest(), 10)).isInstanceOf(ChangePage.Read.class);
      Tables.of(cloud).stream(TABLE, null, before -> before);
      StreamPage.Named stream = Tables.of(cloud).streams().list(null, null, 1).streams().getFirst();
      world.pass(Duration.ofHours(23));
      assertThat(told(cloud)).containsExactly("a 28 29");
      world.pass(Duration.ofHours(1));
      assertThat(find(cloud, stream)).isEmpty();
      assertThat(Tables.of(cloud).streams().list(null, null, 1).streams()).isEmpty();
      assertThat(table.description().definition().latestStream()).isNotNull();
    });
  }

  @Test
  void theStreamOfADeletedTableIsReadForADayAndThenItsLogIsDropped() {
    with(cloud -> {
      Table table = create(cloud);
      table.put(item("a", 1), null);
      Tables.of(cloud).delete(TABLE);
      Tables.of(cloud).create(TableDefinition.of(TABLE, KEYS));
    });
    with(cloud -> {
      Tables tables = Tables.of(cloud);
      StreamReader reader = reader(cloud);
      assertThat(told(cloud)).containsExactly("a - 1");
      assertThat(((ChangePage.Read) reader.page(reader.newest(), 1)).ended()).isTrue();
      String bee = reader.table().bee();
      assertThat(tables.ring("table/" + TABLE, () -> false))
          .contains(world.now().plus(Duration.ofDays(1)));
      assertThat(cloud.bee(bee).version()).isGreaterThan(1);
      world.pass(Duration.ofDays(1));
      assertThat(tables.ring("table/" + TABLE, () -> false)).isEmpty();
      assertThat(tables.streams().list(null, null, 1).streams()).isEmpty();
    });
    with(cloud ->
        assertThat(cloud.bee("tables").now().range(Range.prefix(Tables.key("kept:"))).hasNext())
            .isFalse());
  }

  @Test
  void aBackupKeepsTheLogOfADeletedTableLongerThanItsStream() {
    with(cloud -> {
      Table table = create(cloud);
      table.put(item("a", 1), null);
      String bee = table.description().bee();
      Tables tables = Tables.of(cloud);
      Backup backup = tables.backups().create(TABLE, "before");
      tables.delete(TABLE);
      world.pass(Duration.ofDays(1));
      assertThat(tables.ring("table/" + TABLE, () -> false)).isEmpty();
      assertThat(cloud.bee(bee).version()).isGreaterThan(1);
      tables.backups().delete(backup.id());
      tables.create(TableDefinition.of(TABLE, KEYS));
      assertThat(cloud.bee(bee).version()).isEqualTo(1);
    });
  }

  @Test
  void aStreamKeepsTheLogOfADeletedTableLongerThanItsBackup() {
    with(cloud -> {
      create(cloud).put(item("a", 1), null);
      Tables tables = Tables.of(cloud);
      Backup backup = tables.backups().create(TABLE, "before");
      tables.delete(TABLE);
      tables.backups().delete(backup.id());
      tables.create(TableDefinition.of(TABLE, KEYS));
      assertThat(told(cloud)).containsExactly("a - 1");
    });
  }

  @Test
  void aDeletedTableIsSharedNoMoreThoughItsStreamCanBeRead() {
    try (Clouds clouds = Clouds.open(world, folder, CloudLimits.defaults())) {
      clouds.create("test");
      try (Lease lease = clouds.open("test").orElseThrow()) {
        Table table = create(lease.cloud());
        table.put(item("a", 1), null);
        assertThat(table.share()).hasSize(32);
        byte[] discoveryKey = table.bee().core().discoveryKey();
        assertThat(clouds.shared(discoveryKey)).isPresent();
        Tables.of(lease.cloud()).delete(TABLE);
        assertThat(clouds.shared(discoveryKey)).isEmpty();
        assertThat(told(lease.cloud())).containsExactly("a - 1");
      }
    }
  }

  @Test
  void whatExpiresIsToldToBeSo() {
    with(cloud -> {
      Table table = create(cloud);
      Tables.of(cloud).expire(TABLE, "n", true);
      Tables.of(cloud).ring("table/" + TABLE, () -> false);
      table.put(item("a", world.now().getEpochSecond()), null);
      table.put(item("b", world.now().getEpochSecond()), null);
      table.delete(key("b"), null);
      world.pass(Duration.ofMinutes(2));
      Tables.of(cloud).ring("table/" + TABLE, () -> false);
      StreamReader reader = reader(cloud);
      assertThat(read(reader, reader.oldest(), 1))
          .extracting(ItemChange::expired)
          .containsExactly(false, false, false, true);
    });
  }

  @Test
  void aTransactionThatWasDecidedBeforeTheProgramEndedIsToldOnce() {
    with(cloud -> {
      Table table = create(cloud);
      table.put(item("a", 1), null);
      Intent.Write write =
          new Intent.Write(KeyCodec.encode(key("a")), StoredItem.of(item("a", 2)).json());
      Intent intent =
          new Intent(
              TABLE, table.description().incarnation(), table.bee().version(), List.of(write));
      new Intents(cloud, cloud.bee("tables")).write(List.of(intent));
    });
    for (int start = 0; start < 2; start++) {
      with(cloud -> assertThat(told(cloud)).containsExactly("a - 1", "a 1 2"));
    }
  }

  @Test
  void aBatchHasOneBlockMoreAndATableWithoutAStreamHasNone() {
    with(cloud -> {
      Tables tables = Tables.of(cloud);
      tables.create(TableDefinition.of("without", KEYS));
      Table without = tables.table("without");
      without.put(item("a", 1), null);
      assertThat(marks(without)).isZero();
      Table table = create(cloud);
      for (int count = 1; count <= 10; count++) {
        table.put(item("a", count), null);
        assertThat(marks(table)).isEqualTo(count);
      }
      table.delete(key("b"), null);
      assertThat(marks(table)).isEqualTo(10);
      int entries = 0;
      var cursor = table.bee().now().range(Range.all().lt(new byte[] {'t'}));
      while (cursor.hasNext()) {
        cursor.next();
        entries++;
      }
      assertThat(entries).as("the item and the mark").isEqualTo(2);
    });
  }

  private static long marks(Table table) {
    return blocks(table).stream().filter(StreamMark::isOne).count();
  }

  private static List<BeeChange> blocks(Table table) {
    List<BeeChange> blocks = new ArrayList<>();
    table.bee().history(History.all()).forEachRemaining(blocks::add);
    return blocks;
  }

  @Test
  void everyMarkEndsItsBatch() {
    with(cloud -> {
      Table table = create(cloud);
      Tables.of(cloud)
          .writeAll(
              Map.of(
                  table,
                  List.of(new TableWrite.Put(item("a", 1)), new TableWrite.Put(item("b", 1)))));
      List<BeeChange> blocks = blocks(table);
      assertThat(blocks).filteredOn(StreamMark::isOne).hasSize(1);
      assertThat(blocks).last().matches(StreamMark::isOne);
      assertThat(StreamMark.read(blocks.getLast()).first()).isEqualTo(1);
    });
  }

  @Test
  void anIteratorIsOfOneCloudAndForAQuarterOfAnHour() {
    String[] iterator = new String[1];
    with(cloud -> {
      create(cloud);
      StreamReader reader = reader(cloud);
      iterator[0] = Tables.of(cloud).streams().iterator(reader, reader.newest());
    });
    with(cloud -> {
      Streams streams = Tables.of(cloud).streams();
      assertThat(streams.use(iterator[0])).isInstanceOf(IteratorUse.Good.class);
      for (int at = 0; at < iterator[0].length(); at++) {
        String cut = iterator[0].substring(0, at);
        assertThat(streams.use(cut)).isInstanceOf(IteratorUse.Unknown.class);
        char other = iterator[0].charAt(at) == 'A' ? 'Q' : 'A';
        String forged = cut + other + iterator[0].substring(at + 1);
        assertThat(streams.use(forged)).isInstanceOf(IteratorUse.Unknown.class);
      }
      world.pass(Duration.ofMinutes(15));
      assertThat(streams.use(iterator[0])).isInstanceOf(IteratorUse.Good.class);
      world.pass(Duration.ofMillis(1));
      assertThat(streams.use(iterator[0])).isInstanceOf(IteratorUse.Expired.class);
    });
    try (Clouds clouds = Clouds.open(world, folder, CloudLimits.defaults())) {
      clouds.create("other");
      try (Lease lease = clouds.open("other").orElseThrow()) {
        create(lease.cloud());
        assertThat(Tables.of(lease.cloud()).streams().use(iterator[0]))
            .isInstanceOf(IteratorUse.Unknown.class);
      }
    }
  }

  @Test
  void streamsAreListedInPagesOfAnySize() {
    with(cloud -> {
      Tables tables = Tables.of(cloud);
      for (String name : List.of("aaa", "bbb", "ccc", "ddd")) {
        tables.create(TableDefinition.of(name, KEYS), StreamView.KEYS_ONLY);
      }
      tables.create(TableDefinition.of("none", KEYS));
      world.pass(Duration.ofSeconds(1));
      tables.stream("bbb", null, before -> before);
      tables.stream("bbb", StreamView.NEW_IMAGE, before -> before);
      tables.delete("ccc");
      for (int limit = 1; limit < 7; limit++) {
        List<String> names = new ArrayList<>();
        StreamPage page = tables.streams().list(null, null, limit);
        names.addAll(page.streams().stream().map(StreamPage.Named::table).toList());
        while (page.more()) {
          page = tables.streams().list(null, page.streams().getLast(), limit);
          names.addAll(page.streams().stream().map(StreamPage.Named::table).toList());
        }
        assertThat(names).containsExactly("aaa", "bbb", "bbb", "ccc", "ddd");
      }
      assertThat(tables.streams().list("none", null, 9).streams()).isEmpty();
    });
  }
}
