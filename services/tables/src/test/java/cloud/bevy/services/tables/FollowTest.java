package cloud.bevy.services.tables;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.AlarmHandler;
import cloud.bevy.cluster.cloud.Cloud;
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
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Who follows a stream is woken by what is written, and by nothing else.
class FollowTest {
  private static final int SEEDS = 20;
  private static final int CRASHES = 4;
  private static final int LATEST_CRASH = 120;
  private static final String FOLLOWER = "follower";

  /// The records that the follower has seen, and how far it is: it outlives crashes.
  private final List<Long> seen = new ArrayList<>();

  private String label = "";
  private long next;
  private int rung;

  /// A machine whose follower reads all there is whenever it is woken.
  private final class Machine implements AutoCloseable {
    private final Clouds clouds;

    Machine(World world) {
      clouds = Clouds.open(world, Path.of("/home"), CloudLimits.defaults());
      clouds.create("home");
      clouds.wakeFor(
          new AlarmHandler() {
            @Override
            public Optional<Instant> ring(Cloud cloud, String name, BooleanSupplier stopping) {
              return follow(cloud, name, stopping);
            }

            @Override
            public boolean waits(String name) {
              return name.equals(FOLLOWER);
            }
          });
    }

    void with(Consumer<Tables> use) {
      try (Lease lease = clouds.open("home").orElseThrow()) {
        use.accept(Tables.of(lease.cloud()));
      }
    }

    void put(long n) {
      with(tables -> TableTestRun.put(tables.table("t"), "p" + n % 7, n));
    }

    void create() {
      with(tables -> {
        tables.create(TableDefinition.of("t", TableTestRun.KEYS));
        StreamReader stream = tables.streams().follow("t", FOLLOWER, StreamView.KEYS_ONLY);
        label = stream.stream().label();
        next = stream.oldest();
      });
    }

    @Override
    public void close() {
      clouds.close();
    }
  }

  private Optional<Instant> follow(Cloud cloud, String alarm, BooleanSupplier stopping) {
    if (!alarm.equals(FOLLOWER)) {
      return Tables.of(cloud).ring(alarm, stopping);
    }
    rung++;
    Optional<StreamReader> stream = Tables.of(cloud).streams().find("t", label);
    stream.ifPresent(reader -> {
      reader.settle();
      while (next < reader.newest()) {
        ChangePage.Read page = reader.all(next, 10);
        page.changes().forEach(change -> seen.add(n(change)));
        next = page.next();
      }
    });
    return Optional.empty();
  }

  private static long n(ItemChange change) {
    StoredItem after = change.after();
    return after != null && after.item().get("n") instanceof AttributeValue.N(Decimal n)
        ? n.value().longValueExact()
        : -1;
  }

  private interface Steps {
    void run(World world, Machine machine) throws Exception;
  }

  private void run(Steps steps) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (Machine machine = new Machine(world)) {
                    steps.run(world, machine);
                  }
                }));
  }

  @Test
  void eachWriteWakesAndNothingElseDoes() {
    run((world, machine) -> {
      machine.create();
      machine.put(1);
      world.tasks().sleep(Duration.ofMinutes(2));
      assertThat(seen).containsExactly(1L);
      int before = rung;
      world.tasks().sleep(Duration.ofDays(30));
      assertThat(rung).isEqualTo(before);
      assertThat(machine.clouds.openCount()).isZero();
      machine.put(2);
      world.tasks().sleep(Duration.ofSeconds(1));
      assertThat(seen).containsExactly(1L, 2L);
    });
  }

  @Test
  void whatIsOlderThanADayIsReadByWhoFollowsAndByNobodyElse() {
    run((world, machine) -> {
      machine.with(tables -> {
        tables.create(TableDefinition.of("t", TableTestRun.KEYS), StreamView.KEYS_ONLY);
        TableTestRun.put(tables.table("t"), "p", 1);
      });
      world.tasks().sleep(Duration.ofDays(3));
      machine.with(tables -> {
        TableTestRun.put(tables.table("t"), "p", 2);
        StreamReader stream = tables.streams().follow("t", FOLLOWER, StreamView.KEYS_ONLY);
        assertThat(stream.page(0, 10)).isInstanceOf(ChangePage.Trimmed.class);
        assertThat(stream.all(0, 10).changes()).extracting(FollowTest::n).containsExactly(1L, 2L);
        assertThat(stream.stream().view()).as("as it was").isEqualTo(StreamView.KEYS_ONLY);
      });
    });
  }

  @Test
  void whoFollowsNoMoreIsNotWoken() {
    run((world, machine) -> {
      machine.create();
      machine.with(tables -> tables.streams().unfollow("t", label, FOLLOWER));
      machine.put(1);
      world.tasks().sleep(Duration.ofMinutes(2));
      assertThat(rung).isZero();
      machine.create();
      machine.with(tables -> tables.stream("t", null, before -> before));
      machine.put(2);
      world.tasks().sleep(Duration.ofMinutes(2));
      assertThat(rung).as("the stream is off").isZero();
    });
  }

  @Test
  void whoFollowsIsKnownAfterARestart() {
    Simulation.run(
        1,
        simulation -> {
          simulation
              .machine("a")
              .run(world -> {
                try (Machine machine = new Machine(world)) {
                  machine.create();
                }
              });
          simulation
              .machine("a")
              .run(world -> {
                try (Machine machine = new Machine(world)) {
                  machine.put(1);
                  world.tasks().sleep(Duration.ofSeconds(1));
                  assertThat(seen).containsExactly(1L);
                }
              });
        });
  }

  @Test
  void overPowerCutsAllThatIsThereIsSeenThoughNothingIsWrittenAnyMore() {
    Seeds.forEach(
        "follow crashes",
        SEEDS,
        simulation -> {
          seen.clear();
          SimulatedMachine computer = simulation.machine("a");
          computer.run(world -> {
            try (Machine machine = new Machine(world)) {
              machine.create();
            }
          });
          long[] n = {0};
          for (int crash = 0; crash < CRASHES; crash++) {
            computer
                .disk()
                .failAt(1 + simulation.chance().below(LATEST_CRASH), DiskFailure.POWER_CUT);
            computer.run(world -> {
              Machine machine = new Machine(world);
              for (int i = 0; i < LATEST_CRASH; i++) {
                machine.put(n[0]++);
                world.tasks().sleep(Duration.ofMillis(simulation.chance().below(4)));
              }
            });
          }
          computer.disk().failNoMore();
          computer.run(world -> {
            try (Machine machine = new Machine(world)) {
              world.tasks().sleep(Duration.ofSeconds(1));
              assertThat(seen).isSorted().doesNotHaveDuplicates();
              machine.with(tables ->
                  assertThat(seen).containsAll(TableTestRun.content(tables.table("t")).values()));
            }
          });
        });
  }
}
