package cloud.bevy.foundation.base;

/// The only door to what a program cannot decide by itself: time, chance, tasks, disk, network and
/// the log. Everything that lives is given one in its constructor, so that a test can own all six:
/// the same code runs on [RealWorld] and in the simulator.
public interface World {
  /// What time it is, and how long things take.
  Time time();

  /// Unpredictable bytes: from the operating system, or from a seed in the simulator.
  Chance chance();

  /// Virtual threads, timers and waits with a deadline.
  Tasks tasks();

  /// Files and folders.
  Disk disk();

  /// Streams and datagrams.
  Network network();

  /// Sentences for the person who runs the program.
  Log log();
}
