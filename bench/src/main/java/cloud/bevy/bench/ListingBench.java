package cloud.bevy.bench;

import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.services.buckets.Bucket;
import cloud.bevy.services.buckets.BucketName;
import cloud.bevy.services.buckets.Buckets;
import cloud.bevy.services.buckets.Content;
import cloud.bevy.services.buckets.ObjectAttributes;
import cloud.bevy.services.buckets.ObjectKey;
import cloud.bevy.services.buckets.PutOutcome;
import cloud.bevy.services.buckets.WriteCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// What it costs to list a thousand of a million keys: CPU time of the whole server, with all that
/// HTTP, signatures and XML take.
public final class ListingBench {
  private static final String CLOUD = "default";
  private static final String BUCKET = "bench";
  private static final int FOLDER = 1_000; // keys
  private static final int WARM_UP = 400; // pages
  private static final int WRITERS = 256;

  private final int keys;
  private final int pages;

  private ListingBench(int keys, int pages) {
    this.keys = keys;
    this.pages = pages;
  }

  /// Runs it.
  ///
  /// @param arguments how many keys there are, and how many pages are listed of each kind
  public static void main(String[] arguments) throws Exception {
    new ListingBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
  }

  private void run() throws Exception {
    Path work = Files.createTempDirectory("bevy-bench");
    try {
      fill(work.resolve("home"));
      try (BenchServer server = BenchServer.bevy(work);
          BenchConnection connection = new BenchConnection(server)) {
        Random random = new Random(1);
        System.out.printf(Locale.ROOT, "| of %,d keys | CPU ms | ms |%n|---|---:|---:|%n", keys);
        int half = keys / 2;
        measure(
            server,
            connection,
            "1,000 keys that came in their order",
            any -> after(random.nextInt(half - FOLDER)));
        measure(
            server,
            connection,
            "1,000 keys that came in no order",
            any -> after(half + random.nextInt(half - FOLDER)));
        measure(
            server,
            connection,
            "1,000 keys of a folder",
            any -> "?delimiter=%2F&list-type=2&prefix=" + folder(random.nextInt(half)) + "%2F");
        measure(server, connection, "all folders", any -> "?delimiter=%2F&list-type=2");
      }
    } finally {
      delete(work);
    }
  }

  private void measure(
      BenchServer server, BenchConnection connection, String what, IntFunction<String> query)
      throws IOException {
    for (int page = 0; page < WARM_UP; page++) {
      list(connection, query.apply(page));
    }
    double cpu = server.cpuSeconds();
    long begun = System.nanoTime();
    for (int page = 0; page < pages; page++) {
      list(connection, query.apply(page));
    }
    double milliseconds = (System.nanoTime() - begun) / 1e6 / pages;
    double used = (server.cpuSeconds() - cpu) * 1e3 / pages;
    System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f |%n", what, used, milliseconds);
  }

  private static void list(BenchConnection connection, String query) throws IOException {
    if (connection.get("/" + BUCKET + query) < FOLDER) {
      throw new IOException("nothing was listed by " + query);
    }
  }

  private static String after(int key) {
    return "?list-type=2&start-after=" + key(key).replace("/", "%2F");
  }

  private static String folder(int key) {
    return String.format(Locale.ROOT, "folder-%05d", key / FOLDER);
  }

  private static String key(int number) {
    return folder(number) + String.format(Locale.ROOT, "/photo-%08d.jpg", number);
  }

  private void fill(Path home) throws Exception {
    World world = RealWorld.create((level, sentence) -> System.err.println(sentence));
    try (Clouds clouds = Clouds.open(world, home, CloudLimits.defaults())) {
      clouds.create(CLOUD);
      try (Lease lease = clouds.open(CLOUD).orElseThrow()) {
        Buckets buckets = Buckets.in(lease.cloud());
        buckets.create(new BucketName(BUCKET), "");
        put(buckets.find(new BucketName(BUCKET)).orElseThrow());
      }
    }
  }

  /// Puts one half of them in their order, as programs do that bring a tree, and the other in none.
  private void put(Bucket bucket) throws Exception {
    int half = keys / 2;
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        int first = writer;
        all.add(
            writers.submit(() -> {
              for (int i = first; i < keys; i += WRITERS) {
                put(bucket, key(i < half ? i : half + (int) ((i - half) * 7919L % half)));
              }
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void put(Bucket bucket, String key) throws IOException {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    Content content = Content.of(new ByteArrayInputStream(text), text.length);
    PutOutcome<?> outcome =
        bucket.put(new ObjectKey(key), ObjectAttributes.NONE, content, WriteCondition.always());
    if (!(outcome instanceof PutOutcome.Stored<?>)) {
      throw new IOException("not stored: " + outcome);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
