package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.Fault;
import cloud.bevy.product.node.Build;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The command `bevy`.
public final class Main implements Runnable {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  private Main() {
    spec.name("bevy").version("bevy " + Build.VERSION);
    spec.addOption(Common.help());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version of bevy.")
            .build());
    spec.usageMessage()
        .description("A personal cloud in one program.")
        .synopsisSubcommandLabel("COMMAND")
        .sortOptions(false)
        .footer(
            "",
            "In a checkout, ./bevy test runs the tests and ./bevy build builds.",
            "",
            "Exit codes: 0 done; 1 refused or failed; 2 the command line is wrong;",
            "3 this machine lacks something; 4 no cloud is running here; 5 the state folder is in"
                + " use.");
  }

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /// Runs one command.
  ///
  /// @return its exit code, one of [ExitCode]
  static int run(String... arguments) {
    CommandLine line = new CommandLine(new Main().spec);
    Commands.add(line, arguments);
    line.setExecutionExceptionHandler(Main::report);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    int code = line.execute(arguments);
    line.getOut().flush();
    line.getErr().flush();
    return code;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int report(Exception failure, CommandLine line, CommandLine.ParseResult arguments)
      throws Exception {
    return switch (failure) {
      case CommandFault fault -> say(line.getErr(), fault, fault.exitCode());
      case Fault fault -> say(line.getErr(), fault, ExitCode.FAILED);
      default -> throw failure;
    };
  }

  private static int say(PrintWriter err, Fault fault, int exitCode) {
    err.println("bevy: " + fault.getMessage());
    if (!fault.hint().isEmpty()) {
      err.println("      " + fault.hint());
    }
    return exitCode;
  }
}
