package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.Log;
import cloud.bevy.foundation.base.Tasks;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A run of a scenario in which a seed decides everything that is not decided by the program: which
/// task goes next, what chance gives, what the disk forgets, what the network loses. The same seed
/// gives the same run.
///
/// ```java
/// Simulation.run(seed, simulation -> {
///   SimulatedMachine machine = simulation.machine("a");
///   machine.disk().failAt(120, DiskFailure.POWER_CUT);
///   boolean finished = machine.run(world -> program(world));
///   machine.run(world -> check(world));
/// });
/// ```
public final class Simulation {
  private static final long STEP_LIMIT = 2_000_000;
  private static final int SENTENCES_SHOWN = 30;
  private static final int MACHINE_LIMIT = 250;
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final long seed;
  private final SplittableRandom random;
  private final SplittableRandom tosses;
  private final Trace trace = new Trace();
  private final Scheduler scheduler;
  private final SimulatedNetwork network;
  private final Map<String, SimulatedMachine> machines = new TreeMap<>();
  private final List<String> sentences = new ArrayList<>();
  private final SimulatedMachine tester;
  private final Chance chance;
  private boolean faultsExpected;
  private @Nullable Throwable failure;

  private Simulation(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.tosses = random.split();
    this.chance = new SimulatedChance(random.split());
    this.scheduler = new Scheduler(random.split(), trace);
    this.network = new SimulatedNetwork(scheduler, random.split());
    this.tester = machine("tester");
  }

  /// Runs a scenario.
  ///
  /// @return a hash of all that happened: the same for the same seed and program
  /// @throws SimulationFailed if the scenario throws, a task's fault escapes, nobody can go on, or
  ///   the run takes too many steps
  public static long run(long seed, Scenario scenario) {
    return new Simulation(seed).play(scenario);
  }

  /// The seed of this run.
  public long seed() {
    return seed;
  }

  /// Choices of the scenario itself.
  public Chance chance() {
    return chance;
  }

  /// The machine of a name, which is created on first use.
  public SimulatedMachine machine(String name) {
    SimulatedMachine machine = machines.get(name);
    if (machine == null) {
      machine = new SimulatedMachine(this, name, address(machines.size()));
      machines.put(name, machine);
    }
    return machine;
  }

  /// The network between the machines.
  public SimulatedNetwork network() {
    return network;
  }

  /// Tasks and timers of the tester, who is on no machine and survives all crashes.
  public Tasks tasks() {
    return tester.world().tasks();
  }

  /// The true time.
  public Instant now() {
    return BEGINNING.plusNanos(scheduler.now());
  }

  /// How many steps the tasks have made.
  public long steps() {
    return scheduler.steps();
  }

  /// What the programs have said, as `machine LEVEL sentence`.
  public List<String> sentences() {
    return List.copyOf(sentences);
  }

  /// From here on a fault that escapes a task is only logged, as in the real world. Without this it
  /// fails the simulation.
  public void expectFaults() {
    faultsExpected = true;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  SplittableRandom split() {
    return random.split();
  }

  boolean toss() {
    return tosses.nextBoolean();
  }

  void say(String machine, Log.Level level, String sentence) {
    sentences.add(machine + " " + level + " " + sentence);
    trace.note(level.name(), machine, sentences.size(), sentence.hashCode());
  }

  void escaped(Throwable fault) {
    if (!faultsExpected && failure == null) {
      failure = fault;
    }
  }

  private long play(Scenario scenario) {
    SimulatedTask task = new SimulatedTask(tester.world(), "scenario", () -> attempt(scenario));
    try {
      task.start();
      while (!task.ended() && failure == null) {
        step();
      }
    } catch (IllegalStateException stuck) {
      failure = stuck;
    }
    if (failure != null) {
      throw new SimulationFailed(seed, report(failure), failure);
    }
    return trace.hash();
  }

  private void attempt(Scenario scenario) {
    try {
      scenario.play(this);
    } catch (Exception | Error thrown) {
      failure = thrown;
    }
  }

  private void step() {
    if (scheduler.steps() >= STEP_LIMIT) {
      throw new IllegalStateException("still running after " + STEP_LIMIT + " steps:" + waiting());
    }
    if (!scheduler.step()) {
      throw new IllegalStateException("nobody can go on, and no timer is set:" + waiting());
    }
  }

  private String waiting() {
    StringBuilder names = new StringBuilder();
    for (SimulatedTask task : scheduler.alive()) {
      if (!task.world().dead()) {
        names.append("\n  task ").append(task.number()).append(' ').append(task.name());
        for (StackTraceElement frame : task.thread().getStackTrace()) {
          names.append("\n      at ").append(frame);
        }
      }
    }
    return names.toString();
  }

  private String report(Throwable cause) {
    StringBuilder report = new StringBuilder();
    report.append("seed ").append(seed).append(", step ").append(scheduler.steps());
    report.append(", simulated ").append(now()).append(": ").append(Fault.describe(cause));
    report.append("\n  to see it again: -Dbevy.seed=").append(seed);
    int from = Math.max(0, sentences.size() - SENTENCES_SHOWN);
    sentences.subList(from, sentences.size()).forEach(s -> report.append("\n  log: ").append(s));
    if (Boolean.getBoolean("bevy.trace")) {
      trace.lastEvents().forEach(event -> report.append("\n  ").append(event));
    } else {
      report.append("\n  with its last events: -Dbevy.trace=true");
    }
    return report.toString();
  }

  private static InetAddress address(int number) {
    if (number >= MACHINE_LIMIT) {
      throw new IllegalArgumentException("more than " + MACHINE_LIMIT + " machines");
    }
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) (number + 1)});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
