package cloud.bevy.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// Compares our S3 door with S3Proxy on the file system and with nginx: the same client, the same
/// connections, the same objects, in turn, each server in a process of its own and on an empty
/// folder. Ours syncs the disk before it answers a PUT; the others do not.
public final class S3Bench {
  private static final String BUCKET = "/bench";
  private static final List<String> SERVERS = List.of("bevy", "S3Proxy", "nginx");
  private static final double WARM_UP = 0.4; // of the time that is measured, before each load
  private static final double FIRST_WARM_UP = 30; // seconds, before the first, for PUT and for GET

  private final int rounds;
  private final double seconds;
  private final Map<String, Map<String, List<Measurement>>> results = new LinkedHashMap<>();

  private S3Bench(int rounds, double seconds) {
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /// What is done: how large the objects are, by how many connections at once, how many there are.
  private record Load(String method, int size, int connections, int objects) {
    String title() {
      String unit = size >= 1 << 20 ? (size >> 20) + " MiB" : (size >> 10) + " KiB";
      return method + " " + unit + ", " + connections + (connections == 1 ? " connection" : "");
    }

    String path(int object) {
      return BUCKET + "/" + size + "-" + connections + "-" + object;
    }
  }

  /// Runs the comparison.
  ///
  /// @param arguments how many rounds, and how many seconds each load is measured
  public static void main(String[] arguments) throws Exception {
    new S3Bench(Integer.parseInt(arguments[0]), Double.parseDouble(arguments[1])).compare();
  }

  private void compare() throws Exception {
    List<Double> disk = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (String name : SERVERS) {
        System.err.println("round " + round + " of " + rounds + ": " + name);
        Path work = Files.createTempDirectory("bevy-bench");
        try (BenchServer server = start(name, work)) {
          measure(name, server);
        }
        delete(work);
      }
      disk.add(diskMebibytesPerSecond());
    }
    print(disk.stream().sorted().toList().get(disk.size() / 2));
  }

  private static BenchServer start(String name, Path work) throws Exception {
    return switch (name) {
      case "bevy" -> BenchServer.bevy(work);
      case "S3Proxy" -> BenchServer.s3Proxy(work, System.getProperty("bench.s3proxy"));
      default -> BenchServer.nginx(work);
    };
  }

  private void measure(String name, BenchServer server) throws Exception {
    if (!name.equals("nginx")) {
      try (BenchConnection connection = new BenchConnection(server)) {
        connection.put(BUCKET, new byte[0]);
      }
    }
    for (String method : List.of("PUT", "GET")) {
      run(server, new Load(method, 1 << 10, 16, 1_000), FIRST_WARM_UP);
    }
    for (int size : new int[] {1 << 10, 1 << 20, 64 << 20}) {
      for (int connections : new int[] {1, 16}) {
        int objects = size == 1 << 10 ? 1_000 : size == 1 << 20 ? 64 : 4;
        for (String method : List.of("PUT", "GET")) {
          Load load = new Load(method, size, connections, objects);
          run(server, load, seconds * WARM_UP);
          Measurement one = run(server, load, seconds);
          results
              .computeIfAbsent(load.title(), _ -> new LinkedHashMap<>())
              .computeIfAbsent(name, _ -> new ArrayList<>())
              .add(one);
        }
      }
    }
  }

  /// Works for so long, and until each object was put once.
  private static Measurement run(BenchServer server, Load load, double seconds) throws Exception {
    byte[] body = new byte[load.size()];
    new Random(load.size()).nextBytes(body);
    boolean puts = load.method().equals("PUT");
    return new Crowd(load.connections(), seconds, puts ? load.objects() : 0)
        .work(
            server,
            load.title(),
            (connection, number) -> {
              String path = load.path(number % load.objects());
              if (puts) {
                connection.put(path, body);
              } else if (connection.get(path) != load.size()) {
                throw new IOException(path + " has another length");
              }
            });
  }

  /// What the disk does: 64 MiB written one after the other to a file that is then synced.
  private static double diskMebibytesPerSecond() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Path file = Files.createTempFile("bevy-bench", ".disk");
      long begun = System.nanoTime();
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (int mebibyte = 0; mebibyte < 64; mebibyte++) {
          channel.write(bytes.clear());
        }
        channel.force(true);
      }
      all.add(64 / ((System.nanoTime() - begun) / 1e9));
      Files.delete(file);
    }
    return all.stream().sorted().toList().get(all.size() / 2);
  }

  private void print(double disk) {
    System.out.println(
        "| | bevy | S3Proxy | nginx | to S3Proxy | to nginx"
            + " | CPU ms each: bevy | S3Proxy | nginx |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    results.forEach((title, of) -> {
      double[] rate =
          SERVERS.stream().mapToDouble(s -> rate(of.getOrDefault(s, List.of()))).toArray();
      double[] cpu =
          SERVERS.stream().mapToDouble(s -> cpu(of.getOrDefault(s, List.of()))).toArray();
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.1f | %,.1f | %,.1f | **%.2f** | **%.2f** | %.3f | %.3f | %.3f |%n",
          title,
          rate[0],
          rate[1],
          rate[2],
          rate[0] / rate[1],
          rate[0] / rate[2],
          cpu[0],
          cpu[1],
          cpu[2]);
    });
    System.out.printf(
        Locale.ROOT,
        "%nOperations a second, medians of %d rounds, in turn. The disk itself: %,.0f MiB/s.%n",
        rounds,
        disk);
  }

  private static double rate(List<Measurement> all) {
    return median(all.stream().mapToDouble(Measurement::perSecond).sorted().toArray());
  }

  private static double cpu(List<Measurement> all) {
    return median(
        all.stream()
            .mapToDouble(one -> one.cpuSeconds() / one.operations() * 1e3)
            .sorted()
            .toArray());
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
