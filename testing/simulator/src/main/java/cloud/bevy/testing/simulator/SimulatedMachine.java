package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.World;
import java.net.InetAddress;
import java.time.Duration;

/// A computer of the simulation: one disk, one address, and a [World] from each start to the next
/// crash.
public final class SimulatedMachine {
  private final Simulation simulation;
  private final String name;
  private final InetAddress address;
  private final SimulatedDisk disk;
  private Duration clockError = Duration.ZERO;
  private SimulatedWorld world;
  private long crashes;

  SimulatedMachine(Simulation simulation, String name, InetAddress address) {
    this.simulation = simulation;
    this.name = name;
    this.address = address;
    this.disk = new SimulatedDisk(simulation.split(), this::crash);
    this.world = new SimulatedWorld(simulation, this);
  }

  /// The name that was given to it.
  public String name() {
    return name;
  }

  /// Where other machines reach it.
  public InetAddress address() {
    return address;
  }

  /// The world since the last crash: what the program under test is given.
  public SimulatedWorld world() {
    return world;
  }

  /// The disk, to inject failures and to ask what was done to it.
  public SimulatedDisk disk() {
    return disk;
  }

  /// How often the machine has crashed.
  public long crashes() {
    return crashes;
  }

  /// Sets the wall clock wrong by `error`.
  public void clockError(Duration error) {
    this.clockError = error;
  }

  Duration clockError() {
    return clockError;
  }

  /// Runs a program on the machine and waits until it ends or the machine crashes. What the program
  /// throws is thrown here.
  ///
  /// @return whether the program came to its end; otherwise the machine has crashed
  public boolean run(Program program) throws Exception {
    return new ProgramRun(program).on(world);
  }

  /// Loses power at once. All tasks of the machine stop where they are and never go on, its
  /// connections break, and its disk forgets what was not synced. [#world] is a new one, as after a
  /// restart. A task of the machine that calls this does not return from it.
  public void crash() {
    SimulatedWorld before = world;
    crashes++;
    simulation.scheduler().note("crash", name, crashes, disk.calls());
    before.die();
    disk.crash();
    simulation.network().crash(this);
    world = new SimulatedWorld(simulation, this);
    if (before.runsCaller()) {
      before.enter();
    }
  }

  /// What runs on a machine.
  public interface Program {
    /// Runs the program in the machine's world.
    void run(World world) throws Exception;
  }
}
