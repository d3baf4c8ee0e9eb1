package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.Fault;

/// Why a command cannot go on, with the code the process ends with.
final class CommandFault extends Fault {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  CommandFault(int exitCode, String message, String hint) {
    super(message, hint);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
