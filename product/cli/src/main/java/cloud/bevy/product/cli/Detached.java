package cloud.bevy.product.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts the cloud as a process of its own and waits until it answers.
final class Detached {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(20);

  private final Common common;

  Detached(Common common) {
    this.common = common;
  }

  /// The ports beside the front door's, as they were asked for.
  record Ports(int replication, int mqtt) {}

  int start(String bind, int port, Ports ports) throws IOException, InterruptedException {
    Optional<NodeFile> running = NodeFile.read(common.world(), common.home());
    if (running.filter(it -> it.answers(common.world())).isPresent()) {
      throw new CommandFault(
          ExitCode.IN_USE,
          "the cloud in " + common.home() + " is up already: process " + running.get().pid(),
          "it answers at " + running.get().endpoint() + "; stop it with bevy down");
    }
    common.world().disk().createDirectories(common.home());
    File log = common.home().resolve("bevy.log").toFile();
    Process process =
        new ProcessBuilder(command(bind, port, ports))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .redirectErrorStream(true)
            .start();
    NodeFile node = awaitAnswer(process, log.toPath());
    announce(node, log);
    return ExitCode.DONE;
  }

  /// The command this process was started with, but for the subcommand's own arguments.
  private List<String> command(String bind, int port, Ports ports) {
    ProcessHandle.Info self = ProcessHandle.current().info();
    List<String> command = new ArrayList<>();
    command.add(self.command().orElse("java"));
    for (String argument : self.arguments().orElse(new String[0])) {
      if (argument.equals("up")) {
        break;
      }
      command.add(argument);
    }
    command.addAll(List.of("up", "--home", common.home().toString(), "--bind", bind));
    command.addAll(List.of("--port", Integer.toString(port)));
    if (ports.replication() != Up.NONE) {
      command.addAll(List.of("--replication-port", Integer.toString(ports.replication())));
    }
    if (ports.mqtt() != Up.UNSAID) {
      command.addAll(List.of("--mqtt-port", Integer.toString(ports.mqtt())));
    }
    return command;
  }

  private NodeFile awaitAnswer(Process process, Path log) throws InterruptedException {
    long begun = common.world().time().nanos();
    while (common.world().time().nanos() - begun < DEADLINE.toNanos()) {
      Optional<NodeFile> node = NodeFile.read(common.world(), common.home());
      if (node.filter(it -> it.pid() == process.pid()).isPresent()) {
        return node.get();
      }
      if (!process.isAlive()) {
        throw new CommandFault(
            process.exitValue(), "the cloud did not start", "the reason is in " + log);
      }
      common.world().tasks().sleep(STEP);
    }
    process.destroy();
    throw new CommandFault(
        ExitCode.FAILED,
        "the cloud did not start within " + DEADLINE.toSeconds() + " s",
        "see " + log);
  }

  private void announce(NodeFile node, File log) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("endpoint", node.endpoint());
    result.put("home", common.home().toString());
    result.put("pid", node.pid());
    result.put("log", log.toString());
    common.print(
        result,
        () ->
            common
                .out()
                .println("Your cloud is up at " + node.endpoint() + " (its log is " + log + ")."));
  }
}
