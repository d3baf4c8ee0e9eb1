package cloud.bevy.testing.interop;

import cloud.bevy.testing.peers.Peer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Our cores, bees and drives as a [Peer]: a program that answers what `peer.mjs` answers.
final class JavaPeer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Command> commands = new HashMap<>();
  private final PrintStream out;
  private final ReentrantLock turn = new ReentrantLock();

  private JavaPeer(Holdings holdings, PrintStream out) {
    this.out = out;
    commands.putAll(new CoreCommands(holdings).all());
    commands.putAll(new LinkCommands(holdings).all());
    commands.putAll(new BeeCommands(holdings).all());
    commands.putAll(new DriveCommands(holdings).all());
  }

  /// Starts one in a process of its own.
  static Peer start(Path folder) {
    return Peer.start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx384m",
            "-ea",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            JavaPeer.class.getName()),
        folder);
  }

  /// Runs on the folder that is the only argument, until its input ends.
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    JavaPeer peer = new JavaPeer(new Holdings(Path.of(arguments[0])), out);
    peer.say(Map.of("event", "ready"));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode request = JSON.readTree(line);
      Thread.ofVirtual().start(() -> peer.answer(request));
    }
    System.exit(0);
  }

  private void answer(JsonNode request) {
    long id = request.get("id").asLong();
    String name = request.get("do").asText();
    try {
      Command command =
          Optional.ofNullable(commands.get(name))
              .orElseThrow(() -> new IllegalArgumentException("there is no command " + name));
      say(Map.of("id", id, "answer", command.run(new Request(request))));
    } catch (Exception | Error failure) {
      failure.printStackTrace();
      say(Map.of("id", id, "error", failure.toString()));
    }
  }

  private void say(Object line) {
    turn.lock();
    try {
      out.println(JSON.valueToTree(line));
    } finally {
      turn.unlock();
    }
  }
}
