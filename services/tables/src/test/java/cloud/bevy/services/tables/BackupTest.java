package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Backups of tables and tables as they were, in simulated time.
final class BackupTest {
  private static final int SEEDS = 8;
  private static final int CRASHES = 3;
  private static final int LATEST_CRASH = 150;

  private static void run(boolean alarms, Consumer<TableTestRun> test) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (TableTestRun run = new TableTestRun(world, alarms)) {
                    test.accept(run);
                  }
                }));
  }

  @Test
  void aBackupHasWhatTheTableHadThen() {
    run(
        true,
        run -> {
          Table table = run.create("one");
          TableTestRun.put(table, "a", 1);
          TableTestRun.put(table, "b", 1);
          Backup backup = run.backups().create("one", "first");
          TableTestRun.put(table, "a", 2);
          table.delete(TableTestRun.key("b"), null);
          assertThat(TableTestRun.content(run.restore(backup, "two")))
              .isEqualTo(Map.of("a", 1L, "b", 1L));
          assertThat(TableTestRun.content(table)).isEqualTo(Map.of("a", 2L));
          assertThat(backup.holds().items()).isEqualTo(2);
        });
  }

  @Test
  void aBackupOfADeletedTableIsThereAtTheNextStart() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            TableTestRun run = new TableTestRun(world, true);
            TableTestRun.put(run.create("one"), "a", 1);
            run.backups().create("one", "first");
            run.tables().delete("one");
          });
          machine.crash();
          machine.run(world -> {
            try (TableTestRun run = new TableTestRun(world, true)) {
              run.create("one");
              Backup backup = run.backups().list(BackupQuery.ALL, 10).backups().getFirst();
              assertThat(TableTestRun.content(run.restore(backup, "two")))
                  .isEqualTo(Map.of("a", 1L));
            }
          });
        });
  }

  @Test
  void noMoreTablesAreRestoredAtOnceThanMayBe() {
    run(
        false,
        run -> {
          TableTestRun.put(run.create("one"), "a", 1);
          Backup backup = run.backups().create("one", "first");
          for (int i = 0; i < Backups.MOST_RESTORED; i++) {
            run.begin(backup.id(), "copy" + i);
          }
          RestoreOutcome one =
              run.backups().restore(backup, backup.table().definition().restored("more"));
          assertThat(one).isEqualTo(new RestoreOutcome.TooMany(Backups.MOST_RESTORED));
          assertThat(run.tables().list("", 100).names()).hasSize(Backups.MOST_RESTORED + 1);
        });
  }

  @Test
  void theItemsOfADeletedTableGoWithTheLastBackupThatHasThem() {
    run(
        true,
        run -> {
          Table table = run.create("one");
          TableTestRun.put(table, "a", 1);
          Backup first = run.backups().create("one", "first");
          Backup second = run.backups().create("one", "second");
          run.tables().delete("one");
          String bee = table.description().bee();
          run.backups().delete(first.id());
          assertThat(run.cloud().bee(bee).version()).isGreaterThan(1);
          run.backups().delete(second.id());
          assertThat(run.cloud().bee(bee).version()).isEqualTo(1);
          assertThat(run.catalogue("")).as("nothing is left of it").isEmpty();
        });
  }

  @Test
  void aTableIsRestoredToTheBeginningOfASecond() {
    run(
        true,
        run -> {
          Table table = run.create("one");
          Map<Instant, Map<String, Long>> past = new HashMap<>();
          for (int second = 0; second < 5; second++) {
            TableTestRun.put(table, "a", second);
            TableTestRun.put(table, "b" + second, second);
            run.sleep(Duration.ofSeconds(2));
            past.put(run.cloud().world().time().now(), TableTestRun.content(table));
          }
          past.forEach((moment, content) -> {
            String name = "at" + moment.getEpochSecond();
            run.backups()
                .restore(
                    table.description(),
                    Instant.ofEpochSecond(moment.getEpochSecond()),
                    table.description().definition().restored(name));
            assertThat(TableTestRun.content(run.restored(name))).isEqualTo(content);
          });
          run.backups()
              .restore(table.description(), null, table.description().definition().restored("now"));
          assertThat(TableTestRun.content(run.restored("now")))
              .isEqualTo(TableTestRun.content(table));
        });
  }

  @Test
  void whereTheClockWasSetBackTimesAreLaterThanTheyWereAndNoVersionIsLost() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            try (TableTestRun run = new TableTestRun(world, true)) {
              Table table = run.create("one");
              TableTestRun.put(table, "a", 1);
              Instant first = world.time().now();
              machine.clockError(Duration.ofHours(-1));
              TableTestRun.put(table, "a", 2);
              machine.clockError(Duration.ZERO);
              run.sleep(Duration.ofSeconds(2));
              TableTestRun.put(table, "a", 3);
              var view = table.bee().now();
              long after = TableTimes.versionAt(view, first.plusSeconds(1));
              byte[] key = KeyCodec.encode(TableTestRun.key("a"));
              byte[] json = ItemBatch.items(table.bee().at(after)).get(key).orElseThrow().value();
              assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"2\"");
            }
          });
        });
  }

  @Test
  void atMostOneBlockASecondSaysWhatTheTimeIs() {
    run(
        true,
        run -> {
          Table table = run.create("one");
          TableTestRun.put(table, "a", 0);
          long before = table.bee().version();
          for (int i = 0; i < 10; i++) {
            TableTestRun.put(table, "a", i);
          }
          assertThat(table.bee().version() - before).isBetween(10L, 11L);
        });
  }

  @Test
  void aRestorationThatStoppedGoesOnAndNobodyUsesTheTableBefore() {
    run(
        false,
        run -> {
          Table table = run.create("one");
          for (int i = 0; i < 1200; i++) {
            TableTestRun.put(table, "k" + i, i);
          }
          Backup backup = run.backups().create("one", "first");
          run.begin(backup.id(), "two");
          AtomicInteger asked = new AtomicInteger();
          assertThat(run.tables().ring("table/two", () -> asked.incrementAndGet() > 1))
              .as("it will go on")
              .isPresent();
          Table two = run.tables().table("two");
          long copied = two.bee().version();
          assertThat(copied).isGreaterThan(1);
          assertThatThrownBy(() -> two.get(TableTestRun.key("k1"))).isInstanceOf(NoSuchTable.class);
          assertThatThrownBy(() -> TableTestRun.put(two, "k1", 1)).isInstanceOf(NoSuchTable.class);
          assertThatThrownBy(() -> run.tables().update("two", before -> before))
              .isInstanceOf(TableBusy.class);
          assertThat(run.backups().delete(backup.id())).isInstanceOf(BackupDeletion.InUse.class);
          run.tables().delete("one");
          assertThat(run.tables().ring("table/two", () -> false)).as("it is done").isEmpty();
          assertThat(TableTestRun.content(two)).hasSize(1200).containsEntry("k77", 77L);
          assertThat(two.bee().version()).as("nothing was copied twice").isEqualTo(1201);
          assertThat(run.backups().delete(backup.id())).isInstanceOf(BackupDeletion.Deleted.class);
          assertThat(run.catalogue("")).containsExactly("name:two");
        });
  }

  @Test
  void aTableThatWasBeingRestoredAndIsDeletedNeedsNothing() {
    run(
        false,
        run -> {
          TableTestRun.put(run.create("one"), "a", 1);
          Backup backup = run.backups().create("one", "first");
          run.begin(backup.id(), "two");
          run.tables().delete("one");
          run.tables().delete("two");
          assertThat(run.backups().delete(backup.id())).isInstanceOf(BackupDeletion.Deleted.class);
          assertThat(run.catalogue("")).isEmpty();
        });
  }

  @Test
  void whatARecoverableTableHadWhenItWasDeletedIsKeptForThirtyFiveDays() {
    run(
        true,
        run -> {
          TableTestRun.put(run.create("one"), "a", 1);
          run.backups().recover("one", true, 35);
          run.tables().delete("one");
          Backup kept = run.backups().list(BackupQuery.ALL, 10).backups().getFirst();
          assertThat(kept.kind()).isEqualTo(Backup.Kind.SYSTEM);
          run.sleep(Duration.ofDays(34));
          assertThat(TableTestRun.content(run.restore(kept, "two"))).isEqualTo(Map.of("a", 1L));
          run.sleep(Duration.ofDays(2));
          assertThat(run.backups().list(BackupQuery.ALL, 10).backups()).isEmpty();
          assertThat(run.catalogue("")).containsExactly("name:two");
          int rung = run.rung();
          run.sleep(Duration.ofDays(365));
          assertThat(run.rung()).as("nothing rings where nothing is to be done").isEqualTo(rung);
        });
  }

  @Test
  void aDeletedTableIsNotReadFromOutsideThoughABackupHasIt() {
    run(
        true,
        run -> {
          Table table = run.create("one");
          TableTestRun.put(table, "a", 1);
          table.share();
          byte[] discoveryKey = table.bee().core().discoveryKey();
          assertThat(run.clouds().shared(discoveryKey)).isPresent();
          run.backups().create("one", "first");
          run.tables().delete("one");
          assertThat(run.clouds().shared(discoveryKey)).isEmpty();
        });
  }

  @Test
  void overPowerCutsABackupThatWasAcknowledgedHasWhatWasAcknowledgedBefore() {
    Seeds.forEach(
        "backup crashes",
        SEEDS,
        simulation -> {
          Map<String, Map<String, Long>> acknowledged = new HashMap<>();
          Map<String, Map<String, Long>> restored = new HashMap<>();
          SimulatedMachine machine = simulation.machine("a");
          for (int crash = 0; crash < CRASHES; crash++) {
            int round = crash;
            int call = 1 + simulation.chance().below(LATEST_CRASH);
            machine.disk().failAt(call, DiskFailure.POWER_CUT);
            machine.run(world -> {
              TableTestRun run = new TableTestRun(world, true);
              for (int i = 0; i < LATEST_CRASH; i++) {
                String name = "t-" + round + "-" + i;
                Table table = run.create(name);
                Map<String, Long> content = new HashMap<>();
                for (int item = 0; item <= simulation.chance().below(3); item++) {
                  TableTestRun.put(table, "k" + item, i);
                  content.put("k" + item, (long) i);
                }
                String id = run.backups().create(name, "backup").id();
                acknowledged.put(id, content);
                if (simulation.chance().below(3) == 0) {
                  run.begin(id, "r" + name);
                  restored.put("r" + name, content);
                }
                TableTestRun.put(table, "later", i);
                run.tables().delete(name);
              }
            });
          }
          machine.disk().failNoMore();
          machine.run(world -> {
            try (TableTestRun run = new TableTestRun(world, true)) {
              acknowledged.forEach((id, content) -> {
                Backup backup = run.backups().find(id).orElseThrow();
                Table after = run.restore(backup, "after-" + id);
                assertThat(TableTestRun.content(after)).isEqualTo(content);
              });
              restored.forEach((name, content) ->
                  assertThat(TableTestRun.content(run.restored(name))).isEqualTo(content));
            }
          });
        });
  }

  @Test
  void backupsAreListedInTheOrderInWhichTheyWereMadeByPages() {
    run(
        true,
        run -> {
          run.create("one");
          run.create("two");
          for (int i = 0; i < 5; i++) {
            run.backups().create(i % 2 == 0 ? "one" : "two", "backup" + i);
            run.sleep(Duration.ofMillis(10));
          }
          BackupPage first = run.backups().list(BackupQuery.ALL, 3);
          assertThat(first.backups())
              .extracting(Backup::name)
              .containsExactly("backup0", "backup1", "backup2");
          assertThat(first.more()).isTrue();
          String after = first.backups().getLast().id();
          BackupQuery rest = new BackupQuery("one", BackupQuery.ALL.kinds(), null, null, after);
          assertThat(run.backups().list(rest, 3))
              .isEqualTo(
                  new BackupPage(
                      List.of(run.backups().list(BackupQuery.ALL, 9).backups().getLast()), false));
        });
  }

  @Test
  void aTableTellsWhatWasDoneToItNewestFirst() {
    run(
        true,
        run -> {
          Table table = run.create("one");
          Instant start = run.cloud().world().time().now();
          TableTestRun.put(table, "a", 1);
          run.sleep(Duration.ofSeconds(2));
          TableTestRun.put(table, "b", 1);
          table.delete(TableTestRun.key("a"), null);
          TableHistoryPage all = table.history(Instant.EPOCH, Long.MAX_VALUE, 10);
          assertThat(all.changes())
              .extracting(change -> change.kind() + " " + change.key().partition())
              .containsExactly("DELETE S[value=a]", "PUT S[value=b]", "PUT S[value=a]");
          assertThat(all.next()).isEmpty();
          Instant first = Instant.ofEpochSecond(start.getEpochSecond());
          assertThat(all.changes())
              .extracting(TableChange::second)
              .containsExactly(first.plusSeconds(2), first.plusSeconds(2), first);
          TableHistoryPage page = table.history(Instant.EPOCH, Long.MAX_VALUE, 1);
          assertThat(page.changes()).isEqualTo(all.changes().subList(0, 1));
          assertThat(table.history(Instant.EPOCH, page.next().orElseThrow(), 10).changes())
              .isEqualTo(all.changes().subList(1, 3));
          assertThat(table.history(first.plusSeconds(1), Long.MAX_VALUE, 10).changes())
              .isEqualTo(all.changes().subList(0, 2));
        });
  }
}
