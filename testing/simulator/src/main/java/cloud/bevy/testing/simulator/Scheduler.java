package cloud.bevy.testing.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Lets one task at a time make one step, chosen by the seed. Time moves a little with each step,
/// and jumps to the next alarm when no task can run.
final class Scheduler {
  static final long STEP_NANOS = 1_000;
  private static final long GRACE_NANOS = 50_000_000;

  /// Which of the tasks that could run is preferred. Fair choice alone seldom starves anybody.
  private enum Habit {
    ANY,
    NEWEST,
    OLDEST
  }

  private final SplittableRandom random;
  private final Habit habit;
  private final Trace trace;
  private final Thread carrier = Thread.currentThread();
  private final List<SimulatedTask> ready = new ArrayList<>();
  private final TreeMap<Long, SimulatedTask> alive = new TreeMap<>();
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
  private volatile @Nullable Throwable intruder;
  private @Nullable SimulatedTask current;
  private long now;
  private long steps;
  private long alarmsSet;
  private long tasksStarted;

  Scheduler(SplittableRandom random, Trace trace) {
    this.random = random;
    this.trace = trace;
    Habit[] habits = {Habit.ANY, Habit.ANY, Habit.NEWEST, Habit.OLDEST};
    this.habit = habits[random.nextInt(habits.length)];
  }

  long now() {
    return now;
  }

  long steps() {
    return steps;
  }

  /// The task that is making its step.
  @Nullable SimulatedTask current() {
    return current;
  }

  /// Whether the caller is a task of this simulation, and so may be made to wait.
  boolean inTask() {
    return current != null && Thread.currentThread() == current.thread();
  }

  void note(String kind, String subject, long first, long second) {
    trace.note(kind, subject, first, second);
  }

  long enrol(SimulatedTask task) {
    long number = ++tasksStarted;
    alive.put(number, task);
    return number;
  }

  void discharge(SimulatedTask task) {
    alive.remove(task.number());
  }

  Collection<SimulatedTask> alive() {
    return alive.values();
  }

  void ready(SimulatedTask task) {
    if (Thread.currentThread() != carrier && !inTask()) {
      intruder = new IllegalStateException("task " + task.name() + " was woken from outside");
      return;
    }
    ready.add(task);
  }

  Alarm alarm(long at, Runnable action) {
    Alarm alarm = new Alarm(Math.max(at, now), ++alarmsSet, action);
    alarms.add(alarm);
    return alarm;
  }

  /// Lets one task make a step, or time jump.
  ///
  /// @return whether anything could happen
  boolean step() {
    refuseIntruders();
    ring();
    if (!ready.isEmpty()) {
      run(ready.remove(choose()));
      return true;
    }
    Alarm next = nextAlarm();
    if (next != null) {
      now = next.at();
      return true;
    }
    LockSupport.parkNanos(GRACE_NANOS);
    refuseIntruders();
    return false;
  }

  private void run(SimulatedTask task) {
    if (task.world().dead()) {
      return;
    }
    steps++;
    now += STEP_NANOS;
    trace.note("step", task.name(), task.number(), now);
    current = task;
    try {
      task.step();
    } finally {
      current = null;
    }
  }

  private int choose() {
    int last = ready.size() - 1;
    if (habit == Habit.ANY || random.nextInt(8) == 0) {
      return random.nextInt(last + 1);
    }
    return habit == Habit.NEWEST ? last : 0;
  }

  private void ring() {
    Alarm due = nextAlarm();
    while (due != null && due.at() <= now) {
      alarms.remove();
      due.ring();
      due = nextAlarm();
    }
  }

  private @Nullable Alarm nextAlarm() {
    Alarm next = alarms.peek();
    while (next != null && next.over()) {
      alarms.remove();
      next = alarms.peek();
    }
    return next;
  }

  private void refuseIntruders() {
    if (intruder != null) {
      throw new IllegalStateException(
          "a task was woken by a thread outside the simulation: it waited with a timeout that is "
              + "not of World.tasks(), or for a monitor, or another thread completed its future",
          intruder);
    }
  }
}
