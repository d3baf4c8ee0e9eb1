package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/// What clouds cost that nobody uses: nothing, also where something is to be done with one of them
/// some day. Linux only, as it looks into `/proc`.
@Order(Integer.MAX_VALUE - 1)
class IdleTest {
  private static final int CLOUDS = 10_000;
  private static final int AT_ONCE = 32;
  private static final long MOST_RESIDENT_KIB = 100 * 1024;
  private static final long UNTIL_ASLEEP_MILLIS = 15_000;
  private static final long WATCHED_MILLIS = 20_000;
  private static final double MOST_OF_A_CORE = 0.002;
  private static final double TICKS_PER_SECOND = 100;
  private static final int UTIME_FIELD = 11;

  @TempDir private Path folder;

  @Test
  void tenThousandSleepingCloudsHaveNoThreadNoOpenFileAndNoTimer() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/statm")), "needs Linux's /proc");
    Path home = folder.resolve("home");
    Footprint alone = measure(home, 0);
    try (BevyProcess bevy = BevyProcess.start(home)) {
      makeClouds(bevy, home);
      letGrowOld(bevy);
      bevy.stop();
    }
    Footprint crowded = measure(home, 1);
    System.out.println("IdleTest: alone " + alone + ", with " + CLOUDS + " clouds " + crowded);
    assertThat(crowded.threads()).isLessThanOrEqualTo(alone.threads());
    assertThat(crowded.files()).isLessThanOrEqualTo(alone.files() + 1);
    assertThat(crowded.residentKib()).isLessThanOrEqualTo(MOST_RESIDENT_KIB);
    assertThat(crowded.ofACore()).isLessThanOrEqualTo(MOST_OF_A_CORE);
  }

  /// What a process takes while nobody asks it for anything.
  private record Footprint(int threads, int files, long residentKib, double ofACore) {}

  /// Starts it, asks it one question as a client would, and looks at it while it idles.
  private static Footprint measure(Path home, int buckets) throws Exception {
    try (BevyProcess bevy = BevyProcess.start(home)) {
      assertThat(bevy.s3(bevy.environment()).listBuckets().buckets()).hasSize(buckets);
      Thread.sleep(UNTIL_ASLEEP_MILLIS);
      Path proc = Path.of("/proc", Long.toString(bevy.pid()));
      double before = cpuSeconds(proc);
      Thread.sleep(WATCHED_MILLIS);
      double used = (cpuSeconds(proc) - before) / (WATCHED_MILLIS / 1000.0);
      int threads = count(proc.resolve("task"));
      int files = count(proc.resolve("fd"));
      Footprint footprint = new Footprint(threads, files, residentKib(proc), used);
      bevy.stop();
      return footprint;
    }
  }

  private static void makeClouds(BevyProcess bevy, Path home) throws Exception {
    String token = BevyProcess.token(home);
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService tasks = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < CLOUDS; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(bevy.endpoint().resolve("/_bevy/clouds/c" + i))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        answers.add(
            tasks.submit(() -> client.send(request, BodyHandlers.discarding()).statusCode()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
  }

  /// Gives one of the clouds a bucket whose object is to go in ten years.
  private static void letGrowOld(BevyProcess bevy) throws Exception {
    try (S3Client s3 = bevy.s3(bevy.environment())) {
      s3.createBucket(r -> r.bucket("ages"));
      LifecycleRule rule =
          LifecycleRule.builder()
              .id("old")
              .status(ExpirationStatus.ENABLED)
              .filter(f -> f.prefix(""))
              .expiration(e -> e.days(3650))
              .build();
      s3.putBucketLifecycleConfiguration(
          r -> r.bucket("ages").lifecycleConfiguration(l -> l.rules(rule)));
      s3.putObject(r -> r.bucket("ages").key("old"), RequestBody.fromString("not yet"));
    }
  }

  private static int count(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return (int) entries.count();
    }
  }

  private static long residentKib(Path proc) throws IOException {
    return Files.readAllLines(proc.resolve("status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static double cpuSeconds(Path proc) throws IOException {
    String stat = Files.readString(proc.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[UTIME_FIELD]) + Long.parseLong(fields[UTIME_FIELD + 1]);
    return ticks / TICKS_PER_SECOND;
  }
}
