package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The options that every command has, and what follows from them. Commands have them as a mixin,
/// but for `up`, which is put together without annotations: to make sense of those takes picocli,
/// in a process that has just begun, a fifth of a second.
final class Common {
  private static final String HOME_DIRECTORY =
      "The state folder. Default: $$BEVY_HOME, else bevy in the XDG data directory.";
  private static final String AS_JSON = "Print JSON, for programs.";
  private static final String PRINT_HELP = "Print this help.";

  @Spec(Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(names = "--home", paramLabel = "DIR", description = HOME_DIRECTORY)
  private @Nullable Path home;

  @Option(names = "--json", description = AS_JSON)
  private boolean json;

  /// Read by picocli itself.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = PRINT_HELP)
  private boolean help;

  /// Adds the options to a command that is put together without annotations.
  void addTo(CommandSpec mixee) {
    spec = mixee;
    mixee.addOption(
        OptionSpec.builder("--home")
            .paramLabel("DIR")
            .description(HOME_DIRECTORY)
            .type(Path.class)
            .setter(Setting.of(Path.class, value -> home = value))
            .build());
    mixee.addOption(
        OptionSpec.builder("--json")
            .description(AS_JSON)
            .type(boolean.class)
            .setter(Setting.of(Boolean.class, value -> json = value))
            .build());
    mixee.addOption(help());
  }

  /// The option `--help`.
  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help").usageHelp(true).description(PRINT_HELP).build();
  }

  /// The state folder.
  Path home() {
    return home != null ? home.toAbsolutePath() : Home.locate(System.getenv());
  }

  /// Whether the output is for a program.
  boolean json() {
    return json;
  }

  /// Where results go.
  PrintWriter out() {
    return requireSpec().commandLine().getOut();
  }

  /// Where everything else goes: progress and hints.
  PrintWriter err() {
    return requireSpec().commandLine().getErr();
  }

  /// The machine, saying its sentences on the error stream.
  World world() {
    return RealWorld.create((level, sentence) -> err().println("bevy: " + sentence));
  }

  /// The running node of the state folder.
  ///
  /// @throws CommandFault if none is running
  ControlClient control() {
    return ControlClient.of(world(), home());
  }

  /// Prints a result as JSON or, for people, by the given sentence or table.
  void print(Map<String, Object> result, Runnable forPeople) {
    if (json) {
      out().println(Json.write(result));
    } else {
      forPeople.run();
    }
  }

  private CommandSpec requireSpec() {
    if (spec == null) {
      throw new IllegalStateException("used outside a command");
    }
    return spec;
  }
}
