package cloud.bevy.product.cli;

/// What the process says to the shell when it ends.
final class ExitCode {
  /// The command did what it says.
  static final int DONE = 0;

  /// The cloud refused, or something failed.
  static final int FAILED = 1;

  /// The command line is wrong. (picocli's own code for that.)
  static final int USAGE = 2;

  /// This machine lacks something that the command needs.
  static final int LACKING = 3;

  /// No cloud is running on this state folder.
  static final int NOT_RUNNING = 4;

  /// Another process holds the state folder or the port.
  static final int IN_USE = 5;

  private ExitCode() {}
}
