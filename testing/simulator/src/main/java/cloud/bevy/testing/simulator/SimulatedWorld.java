package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.Log;
import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.Time;
import cloud.bevy.foundation.base.World;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// What a simulated machine offers from one start to the next crash. After the crash its tasks
/// never go on, and the tester who still uses it is told by [MachineCrashed].
public final class SimulatedWorld implements World {
  static final long NEVER = Long.MAX_VALUE;

  private final Simulation simulation;
  private final SimulatedMachine machine;
  private final Scheduler scheduler;
  private final Signal death = new Signal();
  private final SimulatedTasks tasks;
  private final Disk disk;
  private final Network network;
  private final Chance chance;
  private boolean dead;

  SimulatedWorld(Simulation simulation, SimulatedMachine machine) {
    this.simulation = simulation;
    this.machine = machine;
    this.scheduler = simulation.scheduler();
    this.chance = new SimulatedChance(simulation.split());
    this.tasks = new SimulatedTasks(this);
    this.disk = new AttachedDisk(this, machine.disk());
    this.network = new AttachedNetwork(this, machine.address(), simulation.network());
  }

  @Override
  public Time time() {
    return new MachineTime();
  }

  @Override
  public Chance chance() {
    return chance;
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }

  @Override
  public Disk disk() {
    return disk;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Log log() {
    return (level, sentence) -> simulation.say(machine.name(), level, sentence);
  }

  String name() {
    return machine.name();
  }

  Scheduler scheduler() {
    return scheduler;
  }

  boolean dead() {
    return dead;
  }

  /// Ends this world. Its tasks are never run again; testers who wait in it are told.
  void die() {
    dead = true;
    death.wake();
  }

  /// Whether the caller is one of this world's tasks.
  boolean runsCaller() {
    SimulatedTask current = scheduler.current();
    return scheduler.inTask() && current != null && current.world() == this;
  }

  void escaped(String task, Throwable fault) {
    log().error("task \"" + task + "\" failed: " + Fault.describe(fault));
    simulation.escaped(fault);
  }

  /// Every call into this world begins here.
  void enter() {
    if (!dead) {
      return;
    }
    while (runsCaller()) {
      boolean _ = Thread.interrupted();
      LockSupport.park();
    }
    throw new MachineCrashed(name());
  }

  /// A point where another task may go first.
  @SuppressWarnings("ThreadPriorityCheck") // yielding is how the scheduler gets its turn
  void pause() {
    enter();
    if (scheduler.inTask() && simulation.toss()) {
      Thread.yield();
      enter();
    }
  }

  long deadline(Duration duration) {
    long nanos = TimeUnit.NANOSECONDS.convert(duration);
    return nanos > NEVER - scheduler.now() ? NEVER : scheduler.now() + Math.max(0, nanos);
  }

  /// Blocks the calling task until the condition holds or simulated time reaches the deadline.
  ///
  /// @return whether the condition holds
  boolean await(Signal signal, BooleanSupplier condition, long deadline)
      throws InterruptedException {
    pause();
    mustBeTask();
    Thread thread = Thread.currentThread();
    signal.add(thread);
    death.add(thread);
    Alarm alarm = deadline == NEVER ? null : wakeAt(deadline, thread);
    try {
      while (!condition.getAsBoolean()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (scheduler.now() >= deadline) {
          return false;
        }
        LockSupport.park();
        enter();
      }
      return true;
    } finally {
      signal.remove(thread);
      death.remove(thread);
      if (alarm != null) {
        alarm.cancel();
      }
    }
  }

  /// Blocks the calling task for a simulated time, whatever else happens.
  void take(long nanos) {
    if (!scheduler.inTask()) {
      return;
    }
    Thread thread = Thread.currentThread();
    long end = scheduler.now() + nanos;
    boolean interrupted = false;
    death.add(thread);
    Alarm alarm = wakeAt(end, thread);
    try {
      while (scheduler.now() < end) {
        LockSupport.park();
        interrupted |= Thread.interrupted();
        enter();
      }
    } finally {
      alarm.cancel();
      death.remove(thread);
      if (interrupted) {
        thread.interrupt();
      }
    }
  }

  private Alarm wakeAt(long time, Thread thread) {
    return scheduler.alarm(time, () -> LockSupport.unpark(thread));
  }

  private void mustBeTask() {
    if (!scheduler.inTask()) {
      throw new IllegalStateException("only a task of the simulation can wait in it");
    }
  }

  private final class MachineTime implements Time {
    @Override
    public Instant now() {
      return simulation.now().plus(machine.clockError());
    }

    @Override
    public long nanos() {
      return scheduler.now();
    }
  }
}
