package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of a transaction of several tables when the program ends is done at the next start;
/// and what a table is woken for.
final class TransactionTest {
  private static final KeySchema KEYS = new KeySchema(new KeyAttribute("p", KeyType.S), null);

  private final Path folder;

  TransactionTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void with(Consumer<Cloud> work) {
    try (Clouds clouds =
        Clouds.open(RealWorld.create(System.err), folder, CloudLimits.defaults())) {
      clouds.create("test");
      try (Lease lease = clouds.open("test").orElseThrow()) {
        work.accept(lease.cloud());
      }
    }
  }

  private static Item item(String p, String attribute, long value) {
    return Item.of(Map.of("p", AttributeValue.text(p), attribute, AttributeValue.number(value)));
  }

  private static Key key(String p) {
    return new Key(AttributeValue.text(p), null);
  }

  private static Intent intent(Table table) {
    long version = table.bee().version();
    byte[] json = StoredItem.of(item("a", "n", 2)).json();
    return new Intent(
        table.description().name(),
        table.description().incarnation(),
        version,
        List.of(new Intent.Write(KeyCodec.encode(key("a")), json)));
  }

  private static Optional<Item> get(Cloud cloud, String table) {
    return Tables.of(cloud).table(table).get(key("a")).map(StoredItem::item);
  }

  @Test
  void whatWasDecidedAndNotWrittenIsWrittenAtTheNextStart() {
    with(cloud -> {
      for (String name : List.of("one", "two")) {
        Tables.of(cloud).create(TableDefinition.of(name, KEYS));
        Tables.of(cloud).table(name).put(item("a", "n", 1), null);
      }
      List<Intent> intents =
          List.of(intent(Tables.of(cloud).table("one")), intent(Tables.of(cloud).table("two")));
      new Intents(cloud, cloud.bee("tables")).write(intents);
    });
    with(cloud -> {
      assertThat(get(cloud, "one")).contains(item("a", "n", 2));
      assertThat(get(cloud, "two")).contains(item("a", "n", 2));
    });
  }

  @Test
  void whatWasWrittenIsNotWrittenAgainOverWhatCameLater() {
    with(cloud -> {
      for (String name : List.of("one", "two")) {
        Tables.of(cloud).create(TableDefinition.of(name, KEYS));
      }
      Table one = Tables.of(cloud).table("one");
      List<Intent> intents = List.of(intent(one), intent(Tables.of(cloud).table("two")));
      new Intents(cloud, cloud.bee("tables")).write(intents);
      one.put(item("a", "n", 2), null);
      one.put(item("a", "n", 3), null);
    });
    with(cloud -> {
      assertThat(get(cloud, "one")).contains(item("a", "n", 3));
      assertThat(get(cloud, "two")).contains(item("a", "n", 2));
    });
  }

  @Test
  void anItemThatHasExpiredIsDeletedWhenTheAlarmRingsAndTheNextIsToldOf() {
    with(cloud -> {
      Tables tables = Tables.of(cloud);
      tables.create(TableDefinition.of("one", KEYS));
      Table table = tables.table("one");
      Instant now = cloud.world().time().now();
      table.put(item("before", "e", now.minusSeconds(10).getEpochSecond()), null);
      tables.expire("one", "e", true);
      assertThat(tables.ring("table/one", () -> false)).isEmpty();
      assertThat(table.get(key("before"))).isEmpty();
      Instant later = now.plusSeconds(1000);
      table.put(item("old", "e", now.minusSeconds(200_000_000).getEpochSecond()), null);
      table.put(item("gone", "e", now.minusSeconds(5).getEpochSecond()), null);
      table.put(item("later", "e", later.getEpochSecond()), null);
      table.put(item("never", "f", 1), null);
      assertThat(tables.ring("table/one", () -> false))
          .hasValueSatisfying(next -> assertThat(next).isBetween(later, later.plusSeconds(60)));
      assertThat(table.get(key("gone"))).isEmpty();
      for (String left : List.of("old", "later", "never")) {
        assertThat(table.get(key(left))).isPresent();
      }
    });
  }

  @Test
  void anItemOfWhichTheMomentWasMovedStays() {
    with(cloud -> {
      Tables tables = Tables.of(cloud);
      tables.create(TableDefinition.of("one", KEYS));
      Table table = tables.table("one");
      Instant now = cloud.world().time().now();
      tables.expire("one", "e", true);
      tables.ring("table/one", () -> false);
      table.put(item("a", "e", now.minusSeconds(5).getEpochSecond()), null);
      table.put(item("a", "e", now.plusSeconds(5000).getEpochSecond()), null);
      assertThat(tables.ring("table/one", () -> false)).isPresent();
      assertThat(table.get(key("a"))).isPresent();
    });
  }
}
