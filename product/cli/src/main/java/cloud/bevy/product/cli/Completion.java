package cloud.bevy.product.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints a completion script for the shell.
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh: source <(bevy completion).")
final class Completion implements Callable<Integer> {
  @Mixin private final Common common = new Common();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine whole = Objects.requireNonNull(spec.parent()).commandLine();
    common.out().println(AutoComplete.bash("bevy", whole));
    return ExitCode.DONE;
  }
}
