package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.product.node.Node;
import cloud.bevy.product.node.NodeOptions;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Runs the cloud until it is stopped.
final class Up implements Callable<Integer> {
  static final int DEFAULT_PORT = 4566;

  /// Where no port was asked for.
  static final int NONE = -1;

  /// Where nobody has said which port.
  static final int UNSAID = -2;

  /// MQTT's port by custom. The clouds of two front doors do not both want it.
  static final int MQTT_PORT = 1883;

  /// How long another process that does not answer may take to end.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration STEP = Duration.ofMillis(20);

  private final Common common = new Common();
  private int port = DEFAULT_PORT;
  private String bind = "127.0.0.1";
  private int replicationPort = NONE;
  private int mqttPort = UNSAID;
  private boolean detach;

  private Up() {}

  /// The command, without annotations, for the reason that [Common] gives.
  static CommandSpec command() {
    Up up = new Up();
    CommandSpec spec = CommandSpec.wrapWithoutInspection(up).name("up");
    spec.usageMessage()
        .description("Run the cloud: in this shell, or in the background with --detach.");
    up.common.addTo(spec);
    spec.addOption(up.portOption());
    spec.addOption(up.bindOption());
    spec.addOption(up.replicationPortOption());
    spec.addOption(up.mqttPortOption());
    spec.addOption(up.detachOption());
    return spec;
  }

  private OptionSpec portOption() {
    return OptionSpec.builder("--port")
        .paramLabel("PORT")
        .description("The front door's port; 0 takes a free one. Default: 4566.")
        .type(int.class)
        .setter(Setting.of(Integer.class, value -> port = value))
        .build();
  }

  private OptionSpec bindOption() {
    return OptionSpec.builder("--bind")
        .paramLabel("ADDRESS")
        .description("The front door's address. Default: 127.0.0.1, this machine only.")
        .type(String.class)
        .setter(Setting.of(String.class, value -> bind = value))
        .build();
  }

  private OptionSpec replicationPortOption() {
    return OptionSpec.builder("--replication-port")
        .paramLabel("PORT")
        .description(
            "Also exchange Hypercores over TCP, at this port (usually 4567; 0 takes a free one).",
            "Default: none, for the front door does so over WebSockets, at /hypercore.")
        .type(int.class)
        .setter(Setting.of(Integer.class, value -> replicationPort = value))
        .build();
  }

  private OptionSpec mqttPortOption() {
    return OptionSpec.builder("--mqtt-port")
        .paramLabel("PORT")
        .description(
            "The port of MQTT over TCP; 0 takes a free one, -1 none. Default: 1883 where the front",
            "door has its usual port and 1883 is free, else none. The front door speaks MQTT over",
            "WebSockets anyway, at /mqtt.")
        .type(int.class)
        .setter(Setting.of(Integer.class, value -> mqttPort = value))
        .build();
  }

  private OptionSpec detachOption() {
    return OptionSpec.builder("-d", "--detach")
        .description("Return once the cloud answers; stop it with bevy down.")
        .type(boolean.class)
        .setter(Setting.of(Boolean.class, value -> detach = value))
        .build();
  }

  @Override
  public Integer call() throws Exception {
    if (detach) {
      return new Detached(common).start(bind, port, new Detached.Ports(replicationPort, mqttPort));
    }
    PrintWriter err = common.err();
    World world = RealWorld.create(System.err);
    Node node = start(world);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new ClosingThread(node, stopped));
    announce(node);
    err.flush();
    node.awaitStop();
    node.close();
    stopped.countDown();
    return ExitCode.DONE;
  }

  private Node start(World world) throws UnknownHostException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(bind), port);
    NodeOptions options = NodeOptions.of(common.home(), address);
    if (replicationPort != NONE) {
      options = options.replicatingAt(new InetSocketAddress(address.getAddress(), replicationPort));
    }
    boolean usual = mqttPort == UNSAID && port == DEFAULT_PORT;
    if (usual || mqttPort >= 0) {
      InetSocketAddress mqtt =
          new InetSocketAddress(address.getAddress(), usual ? MQTT_PORT : mqttPort);
      options = options.speakingMqttAt(new NodeOptions.MqttAddress(mqtt, !usual));
    }
    long begun = world.time().nanos();
    while (true) {
      try {
        return Node.start(world, options);
      } catch (Node.InUse inUse) {
        if (holder(world).isPresent() || world.time().nanos() - begun > PATIENCE.toNanos()) {
          throw inUse(inUse);
        }
        world.tasks().sleep(STEP);
      }
    }
  }

  /// Who has the state folder, and says where it answers. A process that was killed has it until it
  /// has ended.
  private Optional<NodeFile> holder(World world) {
    return NodeFile.read(world, common.home()).filter(node -> node.answers(world));
  }

  private CommandFault inUse(Node.InUse inUse) {
    String message = String.valueOf(inUse.getMessage());
    return NodeFile.read(common.world(), common.home())
        .map(node -> heldBy(node, message))
        .orElseGet(() -> new CommandFault(ExitCode.IN_USE, message, inUse.hint()));
  }

  private static CommandFault heldBy(NodeFile node, String message) {
    return new CommandFault(
        ExitCode.IN_USE,
        message + ": " + node.pid(),
        "it answers at " + node.endpoint() + "; stop it with bevy down, or name another --home");
  }

  private void announce(Node node) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("endpoint", node.endpoint());
    node.replicationAddress().ifPresent(address -> result.put("replication", address));
    node.mqttAddress().ifPresent(address -> result.put("mqtt", address));
    result.put("home", common.home().toString());
    result.put("pid", ProcessHandle.current().pid());
    PrintWriter out = common.out();
    common.print(
        result,
        () -> {
          out.println(
              "Your cloud is up at " + node.endpoint() + " (state in " + common.home() + ").");
          String command = System.getProperty("bevy.command", "bevy");
          out.println(
              "In another shell:  eval \"$("
                  + command
                  + " env)\"  and use the AWS CLI or any SDK.");
          out.println("Ctrl-C stops it.");
        });
    out.flush();
  }

  /// Closes the node when the process is told to end, so that requests in flight are answered.
  private static final class ClosingThread extends Thread {
    private final Node node;
    private final CountDownLatch stopped;

    ClosingThread(Node node, CountDownLatch stopped) {
      super("bevy-closing");
      this.node = node;
      this.stopped = stopped;
    }

    @Override
    public void run() {
      if (stopped.getCount() > 0) {
        node.close();
      }
    }
  }
}
