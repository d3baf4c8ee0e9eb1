package cloud.bevy.foundation.base;

import java.io.PrintStream;

/// The machine itself: its clocks, its randomness, its disk and its network. Creating one opens
/// nothing and starts nothing.
public final class RealWorld implements World {
  private final Log log;
  private final Time time = new RealTime();
  private final Chance chance = new RealChance();
  private final Disk disk = new RealDisk();
  private final Network network = new RealNetwork();
  private final Tasks tasks;

  private RealWorld(Log log) {
    this.log = log;
    this.tasks = new RealTasks(log, time);
  }

  /// The machine, with sentences said to `log`.
  public static RealWorld create(Log log) {
    return new RealWorld(log);
  }

  /// The machine, with sentences printed to `out`, one a line: `2026-11-23T14:00:00Z INFO listens
  /// on 127.0.0.1:4566`.
  public static RealWorld create(PrintStream out) {
    return new RealWorld(new PrintLog(out, new RealTime()));
  }

  @Override
  public Time time() {
    return time;
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
    return log;
  }
}
