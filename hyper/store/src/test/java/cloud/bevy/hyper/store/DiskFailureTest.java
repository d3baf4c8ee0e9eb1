package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A script of 200 batches, run again and again, in which one call to the disk after the other
/// fails.
final class DiskFailureTest {
  private static final int OPERATIONS = 200;
  private static final int SEED = 4;

  @ParameterizedTest
  @EnumSource(DiskFailure.class)
  void aFailureOfAnyCallLosesNothingAcknowledgedAndHalvesNoBatch(DiskFailure failure) {
    long[] calls = {0};
    Simulation.run(SEED, simulation -> calls[0] = play(simulation, 0, failure));
    assertThat(calls[0]).isGreaterThan(OPERATIONS);
    long step = Math.max(1, calls[0] / 50);
    for (long nth = 1; nth <= calls[0]; nth += step) {
      long at = nth;
      Simulation.run(SEED, simulation -> play(simulation, at, failure));
    }
  }

  /// @return how many calls there were
  private static long play(Simulation simulation, long at, DiskFailure failure) throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    Workload workload = new Workload(SEED);
    if (at > 0) {
      machine.disk().failAt(at, failure);
    }
    try {
      machine.run(world -> workload.runWithFaults(world, OPERATIONS));
    } catch (StoreFault refusedToOpen) {
      assertThat(refusedToOpen.hint()).isNotEmpty();
    }
    long calls = machine.disk().calls();
    machine.disk().failNoMore();
    machine.crash();
    machine.run(world -> workload.run(world, 1));
    return calls;
  }
}
