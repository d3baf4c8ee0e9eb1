package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.testing.simulator.DiskCall;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Scenario;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedDisk;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.SimulationFailed;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Power cuts at any moment, on a disk that forgets, tears and shuffles what was not synced.
final class CrashTest {
  private static final int SEEDS = 850;
  private static final int SEEDS_FOR_A_BUG = 200;
  private static final int CUTS = 3;
  private static final int BATCHES = 14;
  private static final int LATEST_CUT = 160;

  @Test
  void nothingAcknowledgedIsLostAndNoBatchIsHalfThereAfterPowerCuts() {
    Seeds.forEach("crash", SEEDS, scenario(_ -> {}));
  }

  @Test
  void aStoreThatForgetsToSyncItsFilesIsFoundOut() {
    Scenario forgetful = scenario(disk -> disk.pretend(DiskCall.SYNC));
    assertThatThrownBy(() -> Seeds.forEach("planted", SEEDS_FOR_A_BUG, forgetful))
        .isInstanceOf(SimulationFailed.class);
  }

  @Test
  void aStoreThatForgetsToSyncItsFoldersIsFoundOut() {
    Scenario forgetful = scenario(disk -> disk.pretend(DiskCall.SYNC_DIRECTORY));
    assertThatThrownBy(() -> Seeds.forEach("planted", SEEDS_FOR_A_BUG, forgetful))
        .isInstanceOf(SimulationFailed.class);
  }

  private static Scenario scenario(Consumer<SimulatedDisk> bug) {
    return simulation -> {
      SimulatedMachine machine = simulation.machine("a");
      bug.accept(machine.disk());
      Workload workload = new Workload(simulation.seed());
      for (int i = 0; i < CUTS; i++) {
        machine.disk().failAt(1 + simulation.chance().below(LATEST_CUT), DiskFailure.POWER_CUT);
        machine.run(world -> workload.run(world, BATCHES));
      }
      machine.disk().failNoMore();
      machine.run(world -> workload.run(world, 2));
    };
  }
}
