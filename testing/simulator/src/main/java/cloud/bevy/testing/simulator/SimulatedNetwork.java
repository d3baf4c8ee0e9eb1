package cloud.bevy.testing.simulator;

import java.util.SplittableRandom;

/// The network between simulated machines.
public final class SimulatedNetwork {
  SimulatedNetwork(Scheduler scheduler, SplittableRandom random) {}

  void crash(SimulatedMachine machine) {}
}
