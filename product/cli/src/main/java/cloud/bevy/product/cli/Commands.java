package cloud.bevy.product.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/// The subcommands, in the order of the help page.
final class Commands {
  private static final List<String> NAMES =
      List.of(
          "up",
          "down",
          "status",
          "env",
          "deploy",
          "apps",
          "logs",
          "feeds",
          "rm",
          "clouds",
          "key",
          "bucket",
          "drive",
          "table",
          "mirror",
          "verify",
          "doctor",
          "version",
          "completion",
          "help",
          "rehearse");

  private Commands() {}

  /// Adds the subcommand that the first argument names, or all where it needs to know of all.
  /// Looking at all of them takes picocli a quarter of a second, which each start would pay for
  /// one.
  static void add(CommandLine line, String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean alone = NAMES.contains(first) && !first.equals("help") && !first.equals("completion");
    for (String name : alone ? List.of(first) : NAMES) {
      line.addSubcommand(name, make(name));
    }
  }

  private static Object make(String name) {
    return switch (name) {
      case "up" -> Up.command();
      case "down" -> new Down();
      case "status" -> new Status();
      case "env" -> new Env();
      case "deploy" -> new Deploy();
      case "apps" -> new Apps();
      case "logs" -> new Logs();
      case "feeds" -> new Feeds();
      case "rm" -> new Rm();
      case "clouds" -> new CloudsCommand();
      case "key" -> new KeyCommand();
      case "bucket" -> new BucketCommand();
      case "drive" -> new DriveCommand();
      case "table" -> new TableCommand();
      case "mirror" -> new MirrorCommand();
      case "verify" -> new Verify();
      case "doctor" -> new Doctor();
      case "version" -> new Version();
      case "completion" -> new Completion();
      case "help" -> new HelpCommand();
      case "rehearse" -> new Rehearse();
      default -> throw new IllegalArgumentException("no command " + name);
    };
  }
}
