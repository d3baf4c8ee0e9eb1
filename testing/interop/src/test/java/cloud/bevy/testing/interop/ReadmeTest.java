package cloud.bevy.testing.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.hyper.wire.Ids;
import cloud.bevy.testing.peers.Content;
import cloud.bevy.testing.peers.Peer;
import cloud.bevy.testing.peers.PeerBee;
import cloud.bevy.testing.peers.PeerCore;
import cloud.bevy.testing.peers.PeerDrive;
import cloud.bevy.testing.peers.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs in `hyper/README.md` are short, and do what is said there, with npm's peers.
class ReadmeTest {
  private static final Path README =
      Path.of(Objects.requireNonNull(System.getProperty("bevy.root"))).resolve("hyper/README.md");
  private static final Pattern PROGRAM =
      Pattern.compile("```java (\\w+\\.java)\n(.*?)```", Pattern.DOTALL);
  private static final int MOST_LINES = 15;

  @TempDir private Path folder;

  @Test
  void noProgramHasMoreThanFifteenLines() throws Exception {
    assertThat(programs()).hasSize(3);
    programs()
        .forEach((name, text) ->
            assertThat(text.lines().filter(line -> !line.isBlank() && !line.startsWith("import")))
                .as(name)
                .hasSizeLessThanOrEqualTo(MOST_LINES));
  }

  @Test
  void theLogIsFollowed() throws Exception {
    Path secret = Files.write(folder.resolve("secret"), Content.block(1, 1, 32));
    Process log = run("Log.java", folder.resolve("log"), secret);
    try (Peer reader = Peer.node(folder.resolve("reader"));
        BufferedReader lines = log.inputReader(UTF_8)) {
      String[] said = lines.readLine().split(" ");
      PeerCore core = reader.core("log", Ids.decode(said[0]));
      reader.connect(Transport.TCP, Integer.parseInt(said[1]));
      log.getOutputStream().write("first\nsecond\n".getBytes(UTF_8));
      log.getOutputStream().flush();
      assertThat(new String(core.read(1), UTF_8)).isEqualTo("second");
      assertThat(new String(core.read(0), UTF_8)).isEqualTo("first");
    } finally {
      log.destroyForcibly();
    }
  }

  @Test
  void theKeyIsLookedUp() throws Exception {
    try (Peer writer = Peer.node(folder.resolve("writer"))) {
      PeerBee bee = writer.bee("bee", "bee");
      bee.write(List.of(Map.entry("a", "ay"), Map.entry("b", "bee")));
      String port = String.valueOf(writer.listen(Transport.TCP));
      Process lookup = run("Lookup.java", folder.resolve("copy"), port, Ids.encode(bee.key()), "b");
      assertThat(output(lookup)).isEqualTo("Optional[bee]\na\nb\n");
    }
  }

  @Test
  void theFileIsPrinted() throws Exception {
    try (Peer writer = Peer.node(folder.resolve("writer"))) {
      PeerDrive drive = writer.drive("drive", "drive");
      drive.put("/hello", "hello from npm\n", false);
      drive.put("/other", "other", false);
      String port = String.valueOf(writer.listen(Transport.TCP));
      Process cat =
          run("Cat.java", folder.resolve("copy"), port, Ids.encode(drive.key()), "/hello");
      assertThat(output(cat)).isEqualTo("/hello\n/other\nhello from npm\n");
    }
  }

  private static Map<String, String> programs() throws IOException {
    Matcher programs = PROGRAM.matcher(Files.readString(README));
    return programs
        .results()
        .collect(Collectors.toMap(program -> program.group(1), program -> program.group(2)));
  }

  /// Runs a program as a reader would, by its source, with the modules on the path.
  private Process run(String name, Object... arguments) throws IOException {
    Path source = Files.writeString(folder.resolve(name), programs().get(name));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                modules(),
                "--add-modules",
                "cloud.bevy.hyper.drive,cloud.bevy.hyper.replication",
                source.toString()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command)
        .redirectError(folder.resolve(name + ".log").toFile())
        .start();
  }

  /// What of this test's class path is a module that the programs may need.
  private static String modules() {
    String given = System.getProperty("bevy.modules");
    if (given != null) {
      return given;
    }
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .filter(path -> path.matches(".*(/hyper/|/foundation/|bevy-hyper|bevy-found|bcprov).*"))
        .collect(Collectors.joining(":"));
  }

  private String output(Process process) throws Exception {
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(said + logs()).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  private String logs() throws IOException {
    StringBuilder logs = new StringBuilder();
    try (var files = Files.newDirectoryStream(folder, "*.log")) {
      for (Path file : files) {
        logs.append(Files.readString(file));
      }
    }
    return logs.toString();
  }
}
