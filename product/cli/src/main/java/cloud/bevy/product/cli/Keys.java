package cloud.bevy.product.cli;

import java.util.Map;

/// Prints a key: alone on a line, for `$(…)` in a shell.
final class Keys {
  private Keys() {}

  static int print(Common common, Map<String, Object> answer) {
    common.print(answer, () -> common.out().println(answer.get("key")));
    return ExitCode.DONE;
  }
}
