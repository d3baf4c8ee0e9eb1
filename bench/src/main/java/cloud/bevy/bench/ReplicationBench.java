package cloud.bevy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Replicates a core over TCP from one process to another: npm to npm, ours to ours, and each to
/// the other, taking turns in one run. Prints medians; the CPU time is that of both processes.
public final class ReplicationBench {
  /// What a process does in its first seconds is mostly to compile itself, ours as npm's: so many
  /// CPU-seconds of all processes together are not counted.
  private static final double WARM_UP_SECONDS = 150;

  private final Map<String, List<Round>> rounds = new LinkedHashMap<>();
  private final Path folder;
  private double cpuSeconds;

  private ReplicationBench(Path folder) {
    this.folder = folder;
  }

  /// What is replicated.
  private record Work(int blocks, int size) {
    static final List<Work> ALL = List.of(new Work(100_000, 1 << 10), new Work(2_000, 64 << 10));

    String name() {
      return String.format(Locale.ROOT, "%,d blocks of %d KiB", blocks, size >> 10);
    }
  }

  /// What one round took.
  private record Round(double seconds, double fetching, double serving) {
    double cpuSeconds() {
      return fetching + serving;
    }
  }

  /// Runs the comparison.
  ///
  /// @param arguments how many rounds, and the size of a block in KiB for that work only; or
  ///   `memory` and how many GiB
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("bevy-bench");
    try {
      if (arguments[0].equals("memory")) {
        new ReplicationMemory(folder, Integer.parseInt(arguments[1])).run();
      } else {
        for (Work work : Work.ALL) {
          if (arguments.length == 1 || work.size() >> 10 == Integer.parseInt(arguments[1])) {
            new ReplicationBench(folder).compare(work, Integer.parseInt(arguments[0]));
          }
        }
      }
    } finally {
      delete(folder);
    }
  }

  private void compare(Work work, int count) throws IOException, InterruptedException {
    try (BenchProcess theirServer = start(false, "serve", work);
        BenchProcess ourServer = start(true, "serve", work);
        BenchProcess theirFetcher = start(false, "fetch", work);
        BenchProcess ourFetcher = start(true, "fetch", work)) {
      for (int round = 0; round < count; ) {
        boolean counts = cpuSeconds > WARM_UP_SECONDS;
        round += counts ? 1 : 0;
        System.err.println(work.name() + ", " + (counts ? "round " + round : "warming up"));
        fetch("npm to npm", theirServer, theirFetcher, counts);
        fetch("ours to ours", ourServer, ourFetcher, counts);
        fetch("npm to ours", theirServer, ourFetcher, counts);
        fetch("ours to npm", ourServer, theirFetcher, counts);
      }
    }
    print(work, count);
  }

  private BenchProcess start(boolean ours, String role, Work work) throws IOException {
    Path own = Files.createDirectories(folder.resolve(role + work.size() + ours));
    List<String> arguments =
        List.of(role, own.toString(), String.valueOf(work.blocks()), String.valueOf(work.size()));
    return ours
        ? BenchProcess.java(ReplicationPeer.class, "1g", arguments)
        : BenchProcess.node("bench/replication/peer.mjs", arguments);
  }

  private void fetch(String name, BenchProcess server, BenchProcess fetcher, boolean counts)
      throws IOException {
    JsonNode nothing = JsonNodeFactory.instance.objectNode();
    double before = server.ask(nothing).get("cpuSeconds").asDouble();
    JsonNode fetched = fetcher.ask(server.greeting());
    double after = server.ask(nothing).get("cpuSeconds").asDouble();
    Round round =
        new Round(
            fetched.get("seconds").asDouble(),
            fetched.get("cpuSeconds").asDouble(),
            after - before);
    cpuSeconds += round.cpuSeconds();
    if (counts) {
      rounds.computeIfAbsent(name, _ -> new ArrayList<>()).add(round);
    }
  }

  private void print(Work work, int count) {
    double peer = work.blocks() / median("npm to npm", Round::cpuSeconds);
    System.out.println(
        "| "
            + work.name()
            + " | blocks a CPU-second | ratio | CPU-s fetching | serving | blocks a second |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
    for (String name : rounds.keySet()) {
      double rate = work.blocks() / median(name, Round::cpuSeconds);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | **%.1f** | %.2f | %.2f | %,.0f |%n",
          name,
          rate,
          rate / peer,
          median(name, Round::fetching),
          median(name, Round::serving),
          work.blocks() / median(name, Round::seconds));
    }
    System.out.println();
    System.out.println("Medians of " + count + " rounds; all in the same run, taking turns.");
    System.out.println();
  }

  private double median(String name, ToDoubleFunction<Round> of) {
    double[] sorted =
        rounds.getOrDefault(name, List.of()).stream().mapToDouble(of).sorted().toArray();
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
