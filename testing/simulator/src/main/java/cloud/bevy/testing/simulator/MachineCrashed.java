package cloud.bevy.testing.simulator;

/// Thrown at the tester who uses a world whose machine has crashed. The machine's own tasks never
/// see it: they stop where they are and never go on.
public final class MachineCrashed extends Error {
  private static final long serialVersionUID = 1;

  MachineCrashed(String machine) {
    super("machine " + machine + " has crashed: take its new world()");
  }
}
