package cloud.bevy.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A server that [S3Bench] or [TablesBench] measures, in an empty folder and on a port of its own.
final class BenchServer implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final double TICKS_A_SECOND = 100; // USER_HZ of Linux

  private final Process process;
  private final int port;
  private final BenchSignature signature;

  private BenchServer(Process process, int port, BenchSignature signature) {
    this.process = process;
    this.port = port;
    this.signature = signature;
  }

  /// Ours, as built, with its defaults.
  static BenchServer bevy(Path work) throws IOException, InterruptedException {
    int port = freePort();
    Map<String, String> home = Map.of("BEVY_HOME", work.resolve("home").toString());
    Process process =
        start(
            work,
            home,
            List.of(
                "./bevy",
                "up",
                "--port",
                Integer.toString(port),
                "--replication-port",
                Integer.toString(freePort())));
    await(process, port);
    Process env = start(work, home, List.of("./bevy", "env"), work.resolve("env"));
    if (env.waitFor() != 0) {
      throw new IOException("bevy env failed");
    }
    List<String> lines = Files.readAllLines(work.resolve("env"));
    return new BenchServer(
        process,
        port,
        new BenchSignature(
            value(lines, "AWS_ACCESS_KEY_ID"), value(lines, "AWS_SECRET_ACCESS_KEY")));
  }

  /// S3Proxy on the file system, which checks no signature.
  static BenchServer s3Proxy(Path work, String classPath) throws IOException, InterruptedException {
    int port = freePort();
    Path data = Files.createDirectories(work.resolve("data"));
    Path properties = work.resolve("s3proxy.properties");
    Files.writeString(
        properties,
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=none
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """
            .formatted(port, data));
    Path log = work.resolve("logback.xml"); // without one it logs everything
    Files.writeString(
        log, "<configuration><root level=\"WARN\"/></configuration>", StandardCharsets.UTF_8);
    Process process =
        start(
            work,
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=" + log,
                "-cp",
                classPath,
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString()));
    await(process, port);
    return new BenchServer(process, port, new BenchSignature("none", "none"));
  }

  /// nginx with WebDAV's PUT, which knows nothing of S3 and checks nothing.
  static BenchServer nginx(Path work) throws IOException, InterruptedException {
    int port = freePort();
    Files.createDirectories(work.resolve("data/bench"));
    Path configuration = work.resolve("nginx.conf");
    Files.writeString(
        configuration,
        Files.readString(Path.of("bench/s3/nginx.conf"))
            .replace("@WORK@", work.toString())
            .replace("@PORT@", Integer.toString(port)));
    Process process = start(work, Map.of(), List.of("nginx", "-c", configuration.toString()));
    await(process, port);
    return new BenchServer(process, port, new BenchSignature("none", "none"));
  }

  /// dynalite on LevelDB, with its defaults, but that it makes nobody wait for a table.
  static BenchServer dynalite(Path work) throws IOException, InterruptedException {
    int port = freePort();
    Process process =
        start(
            work,
            Map.of(),
            List.of(
                "node",
                "bench/peers/node_modules/dynalite/cli.js",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--path",
                work.resolve("data").toString(),
                "--createTableMs",
                "0"));
    await(process, port);
    return new BenchServer(process, port, new BenchSignature("none", "none"));
  }

  int port() {
    return port;
  }

  BenchSignature signature() {
    return signature;
  }

  /// CPU time that the server and its children have used, in seconds.
  double cpuSeconds() throws IOException {
    long ticks = 0;
    try (Stream<ProcessHandle> children = process.descendants()) {
      for (ProcessHandle one : Stream.concat(Stream.of(process.toHandle()), children).toList()) {
        ticks += ticks(one.pid());
      }
    }
    return ticks / TICKS_A_SECOND;
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
  }

  private static long ticks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]); // utime, stime
  }

  private static String value(List<String> lines, String name) {
    String start = "export " + name + "=";
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow()
        .substring(start.length());
  }

  private static Process start(Path work, Map<String, String> environment, List<String> command)
      throws IOException {
    return start(work, environment, command, work.resolve("output"));
  }

  private static Process start(
      Path work, Map<String, String> environment, List<String> command, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectError(work.resolve("errors").toFile())
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(Process process, int port) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        String request = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() >= 0) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - begun > PATIENCE_NANOS) {
          process.destroyForcibly();
          throw new IOException("the server on port " + port + " does not answer", e);
        }
        Thread.sleep(100);
      }
    }
  }
}
