package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A script of 200 batches, run again for every call it makes to the disk, in which that call
/// fails: with an error, for want of room, or because the power is cut.
final class DiskFailureTest {
  private static final int OPERATIONS = 200;
  private static final int SEED = 4;

  /// Segments so large that the script fills a dozen, and not more: what happens when one is full
  /// need not happen a hundred times.
  private static final StoreLimits SMALL =
      new StoreLimits(8 << 10, 200, 1 << 20, 2, 2, Duration.ofSeconds(10));

  private static final DiskFailure[] FAILURES = DiskFailure.values();

  /// Each third of the calls is a test of its own; in each, the kinds of failure take turns.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aFailureOfAnyCallLosesNothingAcknowledgedAndHalvesNoBatch(int third) {
    long[] calls = {0};
    Simulation.run(SEED, simulation -> calls[0] = play(simulation, 0));
    assertThat(calls[0]).isGreaterThan(OPERATIONS);
    for (long nth = 1 + third; nth <= calls[0]; nth += FAILURES.length) {
      long at = nth;
      Simulation.run(SEED, simulation -> play(simulation, at));
    }
  }

  /// @return how many calls there were
  private static long play(Simulation simulation, long at) throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    Workload workload = new Workload(SEED, 1, SMALL);
    if (at > 0) {
      machine.disk().failAt(at, FAILURES[(int) (at / FAILURES.length % FAILURES.length)]);
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
