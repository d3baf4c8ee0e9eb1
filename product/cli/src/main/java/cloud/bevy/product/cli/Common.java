package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The options that every command has, and what follows from them.
final class Common {
  @Spec(Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "The state folder. Default: $$BEVY_HOME, else bevy in the XDG data directory.")
  private @Nullable Path home;

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  /// Read by picocli itself.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  private boolean help;

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
