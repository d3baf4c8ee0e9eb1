package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Exports and imports in simulated time, over crashes.
final class TransferTest {
  private static final int SEEDS = 5;
  private static final int ITEMS = 300;
  private static final int FILE = 30;
  private static final int LATEST_CRASH = 30;

  /// A machine with one cloud that does what exports and imports ask for.
  private record Run(World world, Clouds clouds, Lease lease) implements AutoCloseable {
    static Run start(World world, Carrier carrier) {
      Clouds clouds = Clouds.open(world, Path.of("/home"), CloudLimits.defaults());
      clouds.create("home");
      Lease lease = clouds.open("home").orElseThrow();
      clouds.wakeFor(new TransferAlarms(carrier)::ring);
      return new Run(world, clouds, lease);
    }

    Tables tables() {
      return Tables.of(lease.cloud());
    }

    Table create(String name) {
      tables().create(TableDefinition.of(name, TableTestRun.KEYS));
      return tables().table(name);
    }

    Export begin(Table table, @Nullable Instant moment, @Nullable ExportWindow window) {
      return begun(tables().exports().begin(table.description(), order(moment, window), () -> {}));
    }

    Import begin(String table) {
      ImportOrder order =
          new ImportOrder(
              "token",
              new TransferPlace("bucket", null, null),
              new ImportOrder.Form("DYNAMODB_JSON", null, null),
              TableDefinition.of(table, TableTestRun.KEYS));
      return begun(tables().imports().begin(order));
    }

    Export ended(Export begun) {
      Export export = begun;
      while (export.end() == null) {
        sleep(Duration.ofMillis(100));
        export = tables().exports().find(begun.id()).orElseThrow();
      }
      return export;
    }

    Import ended(Import begun) {
      Import task = begun;
      while (task.end() == null) {
        sleep(Duration.ofMillis(100));
        task = tables().imports().find(begun.id()).orElseThrow();
      }
      return task;
    }

    void sleep(Duration duration) {
      try {
        world.tasks().sleep(duration);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }

    @Override
    public void close() {
      lease.close();
      clouds.close();
    }
  }

  private static ExportOrder order(@Nullable Instant moment, @Nullable ExportWindow window) {
    return new ExportOrder(
        "arn",
        "",
        new TransferPlace("bucket", null, null),
        new ExportOrder.Form("DYNAMODB_JSON", null, null),
        moment,
        window);
  }

  private static <T> T begun(TransferOutcome<T> outcome) {
    if (outcome instanceof TransferOutcome.Begun<T>(T transfer)) {
      return transfer;
    }
    throw new AssertionError(outcome);
  }

  private static void run(MemoryCarrier carrier, BiConsumer<Run, MemoryCarrier> test) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (Run run = Run.start(world, carrier)) {
                    test.accept(run, carrier);
                  }
                }));
  }

  private static String p(Item item) {
    return ((AttributeValue.S) item.attributes().get("p")).value();
  }

  private static String change(ExportedItem item) {
    return p(item.key()) + ": " + number(item.before()) + " -> " + number(item.after());
  }

  private static String number(@Nullable StoredItem item) {
    return item == null
        ? "none"
        : ((AttributeValue.N) item.item().attributes().get("n")).value().toString();
  }

  private static Item item(String p, long n) {
    return Item.of(Map.of("p", AttributeValue.text(p), "n", AttributeValue.number(n)));
  }

  @Test
  void anIncrementalExportHasTheFirstAndTheLastOfEachItemThatChanged() {
    run(
        new MemoryCarrier(2),
        (run, carrier) -> {
          Table table = run.create("one");
          for (String p : List.of("kept", "changed", "deleted", "back")) {
            TableTestRun.put(table, p, 1);
          }
          run.sleep(Duration.ofSeconds(2));
          Instant from = run.world().time().now();
          run.sleep(Duration.ofSeconds(2));
          TableTestRun.put(table, "changed", 2);
          table.delete(TableTestRun.key("back"), null);
          TableTestRun.put(table, "new", 1);
          TableTestRun.put(table, "passing", 1);
          run.sleep(Duration.ofSeconds(5));
          final Instant written = run.world().time().now();
          TableTestRun.put(table, "changed", 3);
          table.delete(TableTestRun.key("deleted"), null);
          table.delete(TableTestRun.key("passing"), null);
          TableTestRun.put(table, "back", 4);
          run.sleep(Duration.ofSeconds(2));
          Instant to = run.world().time().now();
          run.sleep(Duration.ofSeconds(2));
          TableTestRun.put(table, "kept", 5);
          Export export = run.ended(run.begin(table, null, new ExportWindow(from, to, true)));
          assertThat(carrier.exported())
              .extracting(TransferTest::change)
              .containsExactlyInAnyOrder(
                  "changed: 1 -> 3", "deleted: 1 -> none", "new: none -> 1", "back: 1 -> 4");
          assertThat(export.items()).isEqualTo(4);
          assertThat(carrier.exported())
              .filteredOn(item -> !p(item.key()).equals("new"))
              .allMatch(
                  item -> item.written().getEpochSecond() == written.getEpochSecond(),
                  "says when it was written last");
        });
  }

  @Test
  void anExportEndsWholeWhereverTheMachineCrashes() {
    Seeds.forEach(
        "export crashes",
        SEEDS,
        simulation -> {
          MemoryCarrier carrier = new MemoryCarrier(FILE);
          SimulatedMachine machine = simulation.machine("a");
          AtomicReference<Export> begun = new AtomicReference<>();
          crashing(
              simulation,
              carrier,
              run -> {
                Table table = run.create("one");
                List<TableWrite> items = new ArrayList<>();
                for (int item = 0; item < ITEMS; item++) {
                  items.add(new TableWrite.Put(item("p" + item, 1)));
                }
                run.tables().writeAll(Map.of(table, items));
                begun.set(run.begin(table, null, null));
                TableTestRun.put(table, "later", 1);
                run.tables().delete("one");
              });
          machine.run(world -> {
            try (Run run = Run.start(world, carrier)) {
              assertThat(run.ended(begun.get()).items()).isEqualTo(ITEMS);
              assertThat(carrier.exported())
                  .hasSize(ITEMS)
                  .extracting(item -> p(item.key()))
                  .doesNotHaveDuplicates();
              int files = ITEMS / FILE;
              assertThat(carrier.stores()).as("one is stored anew").isBetween(files, files + 1);
            }
          });
        });
  }

  @Test
  void anImportIsWholeWhereverTheMachineCrashes() {
    MemoryCarrier carrier = new MemoryCarrier(1);
    for (int item = 0; item < 3 * ITEMS; item++) {
      carrier.add(new ImportedRecord.Parsed(item("p" + item % (2 * ITEMS), item)));
    }
    carrier.add(new ImportedRecord.Broken("none"));
    Seeds.forEach(
        "import crashes",
        SEEDS,
        simulation -> {
          AtomicReference<Import> begun = new AtomicReference<>();
          crashing(simulation, carrier, run -> begun.set(run.begin("one")));
          simulation
              .machine("a")
              .run(world -> {
                try (Run run = Run.start(world, carrier)) {
                  ImportCounts counts = run.ended(begun.get()).counts();
                  assertThat(counts.imported()).isEqualTo(3 * ITEMS);
                  assertThat(counts.errors()).isEqualTo(1);
                  assertThat(TableTestRun.content(run.tables().table("one")))
                      .hasSize(2 * ITEMS)
                      .containsEntry("p0", 2L * ITEMS)
                      .containsEntry("p" + (2 * ITEMS - 1), 2L * ITEMS - 1);
                }
              });
        });
  }

  private interface Work {
    void of(Run run);
  }

  /// Does something on a machine that loses power at some call of the disk behind it.
  private static void crashing(Simulation simulation, MemoryCarrier carrier, Work work)
      throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    boolean ended =
        machine.run(world -> {
          Run run = Run.start(world, carrier);
          work.of(run);
          machine.disk().failAt(1 + simulation.chance().below(LATEST_CRASH), DiskFailure.POWER_CUT);
          run.sleep(Duration.ofSeconds(60));
        });
    if (ended) {
      machine.crash();
    }
  }

  @Test
  void aTableThatIsImportedIsForNobodyThereYet() {
    MemoryCarrier carrier = new MemoryCarrier(1);
    run(
        carrier,
        (run, _) -> {
          List<Boolean> seen = new ArrayList<>();
          Import begun = run.begin("one");
          Table table = run.tables().table("one");
          if (table.description().restoring()) {
            seen.add(true);
            assertThatThrownBy(() -> TableTestRun.put(table, "a", 1))
                .isInstanceOf(NoSuchTable.class);
            assertThatThrownBy(() -> run.tables().delete("one")).isInstanceOf(TableBusy.class);
          }
          run.ended(begun);
          assertThat(seen).as("it was there before it was whole").isNotEmpty();
          TableTestRun.put(run.tables().table("one"), "a", 1);
          run.tables().delete("one");
        });
  }
}
