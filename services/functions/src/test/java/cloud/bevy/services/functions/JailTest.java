package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the engine could do if hostile code had taken it over: a shell is put in its place.
class JailTest {
  private static final List<String> TOOLS = List.of("/bin/bash", "/bin/ls", "/bin/cat", "/bin/id");

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void layOut() throws IOException {
    assumeThat(possible()).as("this machine allows namespaces").isTrue();
    for (String part : List.of("root", "config", "sockets")) {
      Files.createDirectory(folder.resolve(part));
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void theFileSystemHoldsNothingButWhatTheEngineNeeds() throws Exception {
    List<String> names = new ArrayList<>(said("ls /").lines().skip(1).toList());
    names.removeAll(List.of("usr", "lib", "lib64", "bin")); // The shell's own.
    assertThat(names).containsExactly("config", "dev", "engine", "old", "proc", "sockets");
    assertThat(said("ls -A /old /dev; ls /proc/ || echo none")).contains("urandom", "none");
  }

  @Test
  void readHostFiles() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "host secret");
    assertThat(said("cat /etc/passwd " + secret + " /old/etc/passwd 2>&1 || echo refused"))
        .contains("refused")
        .doesNotContain("root:", "host secret");
    assertThat(said("cat ../../../../../etc/passwd ../etc/passwd 2>&1 || echo refused"))
        .contains("refused")
        .doesNotContain("root:");
  }

  @Test
  void seeHostProcesses() throws Exception {
    assertThat(said("echo I am $$; for p in 2 3 4 5 100 1000; do kill -0 $p && echo seen; done"))
        .contains("I am 1")
        .doesNotContain("seen");
  }

  @Test
  void reachLoopback() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(said("exec 3<>/dev/tcp/127.0.0.1/" + listener.getLocalPort() + " || echo refused"))
          .contains("refused", "unreachable");
    }
  }

  @Test
  void reachTheNetwork() throws Exception {
    assertThat(said("exec 3<>/dev/tcp/192.0.2.1/80 || echo refused"))
        .contains("refused", "unreach");
  }

  @Test
  void writeAnywhere() throws Exception {
    String attempts =
        "trap '' XFSZ; for f in /f /config/f /dev/f /old/f /engine /config/config.capnp; do"
            + " echo x >$f && echo written; done; echo x >/sockets/f; cat /sockets/f; echo done";
    assertThat(said("exec 2>&1; " + attempts))
        .contains("Read-only file system", "File too large", "done")
        .doesNotContain("written", "\nx\n");
    assertThat(folder.resolve("config/f")).doesNotExist();
  }

  @Test
  void becomeRoot() throws Exception {
    String status = said("id -u; cat /proc/self/status || echo no proc");
    assertThat(status).contains("no proc");
    Process process = started.getFirst();
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    if (System.getProperty("user.name").equals("root")) {
      assertThat(status).contains("65534");
    }
  }

  @Test
  void forkBomb() throws Exception {
    assertThat(said("echo processes $(ulimit -Hu) files $(ulimit -Hn) core $(ulimit -Hc)"))
        .contains("processes 256 files 1024 core 0");
  }

  @Test
  void theEngineEndsWithTheNode() throws Exception {
    Process process = start("echo up; while true; do read -t 1; done");
    String first = line(process);
    ProcessHandle engine =
        ProcessHandle.of(Long.parseLong(first.substring("engine ".length()))).orElseThrow();
    assertThat(line(process)).isEqualTo("up");
    process.getOutputStream().close(); // What the system does when the node is killed.
    assertThat(engine.onExit().get(5, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void theEngineEndsWithItsGuard() throws Exception {
    Process process = start("while true; do read -t 1; done");
    String first = line(process);
    ProcessHandle engine =
        ProcessHandle.of(Long.parseLong(first.substring("engine ".length()))).orElseThrow();
    process.destroyForcibly();
    assertThat(engine.onExit().get(5, TimeUnit.SECONDS)).isNotNull();
  }

  private String said(String script) throws Exception {
    Process process = start(script);
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Process start(String script) throws Exception {
    Path probe = Files.writeString(folder.resolve("probe"), "#!/bin/bash\n" + script + '\n');
    assertThat(probe.toFile().setExecutable(true, false)).isTrue();
    String jail = Resources.text("jail.sh");
    List<String> command = new ArrayList<>(List.of("sh", "-c", jail, jail, "outer"));
    command.addAll(List.of(folder.toString(), Long.toString(1L << 30), probe.toString()));
    command.addAll(TOOLS);
    command.addAll(libraries());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static String line(Process process) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = process.getInputStream().read();
        next != '\n' && next >= 0;
        next = process.getInputStream().read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  private static List<String> libraries() throws IOException {
    List<String> command = new ArrayList<>(List.of("ldd"));
    command.addAll(TOOLS);
    Process ldd = new ProcessBuilder(command).start();
    String listing = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Engine.paths(listing).stream().filter(path -> !path.endsWith(":")).distinct().toList();
  }

  static boolean possible() {
    try {
      return new ProcessBuilder(
                  "unshare",
                  "--user",
                  "--map-root-user",
                  "--mount",
                  "--net",
                  "--pid",
                  "--fork",
                  "true")
              .start()
              .waitFor()
          == 0;
    } catch (IOException | InterruptedException missing) {
      return false;
    }
  }
}
