package cloud.bevy.testing.simulator;

/// What a test does with a simulated world. It runs as a task of the tester, who survives when
/// machines crash.
public interface Scenario {
  /// Plays the scenario; the simulation ends when this returns.
  void play(Simulation simulation) throws Exception;
}
