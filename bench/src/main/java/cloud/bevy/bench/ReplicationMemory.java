package cloud.bevy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/// How much memory both sides take while a large core replicates: it must not grow with the core.
/// Both run with a heap that is a small part of it.
final class ReplicationMemory {
  private static final String HEAP = "128m";
  private static final int BLOCK = 64 << 10;
  private static final int TENTHS = 10;
  private static final long STEP_MILLIS = 100;

  private final Path folder;
  private final int gibibytes;

  ReplicationMemory(Path folder, int gibibytes) {
    this.folder = folder;
    this.gibibytes = gibibytes;
  }

  /// The memory of both sides at one moment, in bytes.
  private record Sample(long fetching, long serving) {}

  void run() throws Exception {
    int blocks = Math.toIntExact(((long) gibibytes << 30) / BLOCK);
    try (BenchProcess server = start("serve", blocks);
        BenchProcess fetcher = start("fetch", blocks)) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              fetcher.ask(server.greeting());
              done.complete(null);
            } catch (IOException | RuntimeException e) {
              done.completeExceptionally(e);
            }
          });
      List<Sample> samples = new ArrayList<>();
      while (!done.isDone()) {
        samples.add(new Sample(resident(fetcher), resident(server)));
        Thread.sleep(STEP_MILLIS);
      }
      done.get();
      print(samples);
    }
  }

  private BenchProcess start(String role, int blocks) throws IOException {
    Path own = Files.createDirectories(folder.resolve(role));
    return BenchProcess.java(
        ReplicationPeer.class,
        HEAP,
        List.of(role, own.toString(), String.valueOf(blocks), String.valueOf(BLOCK)));
  }

  /// What Linux says that a process has in memory.
  private static long resident(BenchProcess process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    throw new IOException("no memory in /proc/" + process.pid());
  }

  private void print(List<Sample> samples) {
    System.out.println(
        "| " + gibibytes + " GiB, heaps of " + HEAP + " | fetching, MiB | serving, MiB |");
    System.out.println("|---|---:|---:|");
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      List<Sample> some =
          samples.subList(samples.size() * tenth / TENTHS, samples.size() * (tenth + 1) / TENTHS);
      System.out.printf(
          Locale.ROOT,
          "| tenth %d of the time | %,d | %,d |%n",
          tenth + 1,
          some.stream().mapToLong(Sample::fetching).max().orElse(0) >> 20,
          some.stream().mapToLong(Sample::serving).max().orElse(0) >> 20);
    }
  }
}
