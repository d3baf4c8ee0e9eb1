package cloud.bevy.services.tables;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.Range;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A machine in simulated time with one cloud, whose tables have a partition key `p`.
final class TableTestRun implements AutoCloseable {
  static final KeySchema KEYS = new KeySchema(new KeyAttribute("p", KeyType.S), null);

  private final World world;
  private final Clouds clouds;
  private final Lease lease;
  private int rung;

  /// @param alarms whether what is asked for is done
  TableTestRun(World world, boolean alarms) {
    this.world = world;
    clouds = Clouds.open(world, Path.of("/home"), CloudLimits.defaults());
    clouds.create("home");
    lease = clouds.open("home").orElseThrow();
    if (alarms) {
      clouds.wakeFor((cloud, alarm, stopping) -> {
        rung++;
        return Tables.of(cloud).ring(alarm, stopping);
      });
    }
  }

  Clouds clouds() {
    return clouds;
  }

  Cloud cloud() {
    return lease.cloud();
  }

  Tables tables() {
    return Tables.of(cloud());
  }

  Backups backups() {
    return tables().backups();
  }

  /// How often something rang.
  int rung() {
    return rung;
  }

  Table create(String name) {
    tables().create(TableDefinition.of(name, KEYS));
    return tables().table(name);
  }

  static Key key(String p) {
    return new Key(AttributeValue.text(p), null);
  }

  static void put(Table table, String p, long n) {
    Item item = Item.of(Map.of("p", AttributeValue.text(p), "n", AttributeValue.number(n)));
    table.put(item, null);
  }

  /// What a table has: `n` by `p`.
  static Map<String, Long> content(Table table) {
    Map<String, Long> content = new TreeMap<>();
    for (StoredItem stored : table.scan(0, 1, Reading.ALL).items()) {
      if (stored.item().get("p") instanceof AttributeValue.S(String p)
          && stored.item().get("n") instanceof AttributeValue.N(Decimal n)) {
        content.put(p, n.value().longValueExact());
      }
    }
    return content;
  }

  /// Waits until a table is restored.
  Table restored(String name) {
    Table table = tables().table(name);
    while (table.description().restoring()) {
      sleep(Duration.ofSeconds(1));
    }
    return table;
  }

  Table restore(Backup backup, String name) {
    begin(backup.id(), name);
    return restored(name);
  }

  /// Begins to restore a table.
  void begin(String backup, String name) {
    Backup of = backups().find(backup).orElseThrow();
    RestoreOutcome outcome = backups().restore(of, of.table().definition().restored(name));
    if (!(outcome instanceof RestoreOutcome.Begun)) {
      throw new AssertionError(outcome);
    }
  }

  void sleep(Duration duration) {
    try {
      world.tasks().sleep(duration);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /// The keys of the cloud's catalogue that begin with a word.
  List<String> catalogue(String prefix) {
    List<String> keys = new ArrayList<>();
    cloud()
        .bee("tables")
        .now()
        .range(Range.prefix(prefix.getBytes(StandardCharsets.UTF_8)))
        .forEachRemaining(entry -> keys.add(new String(entry.key(), StandardCharsets.UTF_8)));
    return keys;
  }

  @Override
  public void close() {
    lease.close();
    clouds.close();
  }
}
