package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A disk on which there is no more room, then room again.
final class FullDiskTest {
  private static final int SEEDS = 60;
  private static final int ROOM = 12 << 10;
  private static final int APPENDS = 200;

  private final Model model = new Model();
  private int refused;

  @Test
  void aFullDiskRefusesClearlyReadsOnAndTakesWritesOnceThereIsRoom() {
    Seeds.forEach("full", SEEDS, simulation -> new FullDiskTest().play(simulation));
  }

  private void play(Simulation simulation) throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    machine.disk().capacity(ROOM + simulation.chance().below(ROOM));
    machine.run(world -> fill(world, machine, simulation.seed()));
    machine.crash();
    machine.run(world -> check(world));
  }

  private void fill(World world, SimulatedMachine machine, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (Store store = Store.open(world, Workload.DIRECTORY, Workload.TINY)) {
      for (int i = 0; i < APPENDS; i++) {
        append(store, random);
        if (i == APPENDS / 2) {
          assertThat(refused).as("the disk is full by now").isPositive();
          machine.disk().capacity(Long.MAX_VALUE);
          refused = 0;
        }
      }
      assertThat(refused).as("there is room again").isZero();
      model.check(store);
    }
  }

  private void append(Store store, SplittableRandom random) throws Exception {
    Model before = model.copy();
    Batch batch = new Batch();
    model.append(random, new Model.Target(store, batch, Model.id(random.nextInt(3))), 1, 300);
    try {
      store.submit(batch).await(Duration.ofMinutes(1));
    } catch (StoreFault full) {
      assertThat(full.kind()).isEqualTo(StoreFault.Kind.DISK_FULL);
      model.cores.clear();
      model.cores.putAll(before.cores);
      refused++;
      if (refused == 1) {
        model.check(store);
      }
    }
  }

  private void check(World world) {
    try (Store store = Store.open(world, Workload.DIRECTORY, Workload.TINY)) {
      model.check(store);
      assertThat(store.statistics().damage()).isZero();
    }
  }
}
