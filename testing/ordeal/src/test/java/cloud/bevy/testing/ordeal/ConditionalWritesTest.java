package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.oracles.Deed.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Ten clients write a few keys on conditions, read and list them, while the process is killed or
/// ended and started again. What they were told must have an order that explains it all.
class ConditionalWritesTest {
  private static final int ROUNDS = Integer.getInteger("bevy.ordeal.rounds", 6);
  private static final long SEED = Long.getLong("bevy.seed", System.nanoTime());
  private static final int CLIENTS = 10;
  private static final int FEWEST_DEEDS = 100;
  private static final int MOST_DEEDS = 600;
  private static final long STEP_MILLIS = 1;
  private static final int ENDS_GENTLY = 4;
  private static final String BUCKET = "rivals";

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final RivalField field = new RivalField(BUCKET, List.of("a", "b", "c/d", "c/e"));
  private final List<RivalClient> clients = new ArrayList<>();

  @Test
  void conditionalWritesReadsAndListingsAreLinearizableOverKillsAndRestarts() throws Exception {
    System.out.println("ConditionalWritesTest: " + ROUNDS + " rounds, -Dbevy.seed=" + SEED);
    Path home = folder.resolve("home");
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new RivalClient(field, random.nextLong()));
    }
    Map<String, String> environment;
    try (BevyProcess bevy = BevyProcess.start(home)) {
      environment = bevy.environment();
      bevy.s3(environment).createBucket(r -> r.bucket(BUCKET));
    }
    for (int round = 0; round < ROUNDS; round++) {
      round(home, environment, round % ENDS_GENTLY == ENDS_GENTLY - 1);
    }
    try (BevyProcess bevy = BevyProcess.start(home);
        S3Client s3 = client(bevy, environment)) {
      lookAround(s3);
    }
    System.out.println("ConditionalWritesTest: " + field.history().answers());
    assertThat(field.history().answers()).containsKeys(Answer.values());
    field.history().check();
  }

  private void round(Path home, Map<String, String> environment, boolean gently) throws Exception {
    try (BevyProcess bevy = BevyProcess.start(home);
        S3Client s3 = client(bevy, environment);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      lookAround(s3);
      List<Future<?>> working = new ArrayList<>();
      clients.forEach(client -> working.add(threads.submit(() -> client.work(s3))));
      awaitDeeds(random.nextInt(FEWEST_DEEDS, MOST_DEEDS), working);
      assertThat(bevy.alive()).isTrue();
      if (gently) {
        bevy.stop();
      } else {
        bevy.kill();
      }
      for (Future<?> each : working) {
        each.get();
      }
      long dead = System.nanoTime();
      clients.forEach(client -> client.settle(dead));
    }
  }

  /// Waits until so many more have been done, all of which are answered.
  private void awaitDeeds(int count, List<Future<?>> working) throws Exception {
    int enough = field.history().size() + count;
    while (field.history().size() < enough) {
      Thread.sleep(STEP_MILLIS);
      assertThat(working).as("nothing goes unanswered before the end").noneMatch(Future::isDone);
    }
  }

  /// Reads everything while nobody writes.
  private void lookAround(S3Client s3) {
    RivalClient first = clients.getFirst();
    first.list(s3);
    field.keys().forEach(key -> first.read(s3, key));
  }

  /// A client that sends everything once: a second attempt would be told what the first has done.
  private static S3Client client(BevyProcess bevy, Map<String, String> environment) {
    return S3Client.builder()
        .endpointOverride(bevy.endpoint())
        .region(BevyProcess.REGION)
        .forcePathStyle(true)
        .credentialsProvider(BevyProcess.credentials(environment))
        .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)))
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(CLIENTS))
        .build();
  }
}
