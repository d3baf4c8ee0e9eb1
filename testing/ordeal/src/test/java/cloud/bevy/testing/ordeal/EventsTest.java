package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Pulls the plug while clients put and delete objects and a function is told of it. In the end it
/// must have been told of all that has happened, and of nothing else.
class EventsTest {
  private static final int KILLS = Integer.getInteger("bevy.ordeal.event.kills", 4);
  private static final long SEED = Long.getLong("bevy.seed", System.nanoTime());
  private static final int CLIENTS = 4;
  private static final int FEWEST_DEEDS = 20;
  private static final int MOST_DEEDS = 150;
  private static final long STEP_MILLIS = 5;

  /// Far more than it takes to try again what a kill has cut off.
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final String BUCKET = "watched";
  private static final String TOLD = "told";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:witness";

  private static final String CREATED = "ObjectCreated:Put/";
  private static final String REMOVED = "ObjectRemoved:Delete/";

  /// Remembers durably what it is told before it says that it was.
  private static final String WITNESS =
      """
      export default {
        async event(event, env) {
          for (const { eventName, s3 } of event.Records) {
            await env.TOLD.put(eventName + "/" + s3.object.key, "");
          }
        },
      };
      """;

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void whateverHappensIsToldAtLeastOnceThoughTheProcessIsKilledAgainAndAgain() throws Exception {
    System.out.println("EventsTest: " + KILLS + " kills, -Dbevy.seed=" + SEED);
    Tools.needFunctions();
    Path home = folder.resolve("home");
    List<EventClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new EventClient(BUCKET, "c" + i));
    }
    Map<String, String> environment = prepare(home);
    for (int kill = 0; kill < KILLS; kill++) {
      round(home, environment, clients);
    }
    try (BevyProcess bevy = BevyProcess.start(home)) {
      S3Client s3 = bevy.s3(environment);
      Set<String> happened = happened(clients, list(s3, BUCKET));
      Set<String> told = told(s3, happened);
      System.out.println("EventsTest: " + happened.size() + " events");
      assertThat(told).isEqualTo(happened);
    }
  }

  private Map<String, String> prepare(Path home) throws Exception {
    Path app = Files.createDirectory(folder.resolve("witness"));
    Files.writeString(app.resolve("function.js"), WITNESS);
    Files.writeString(app.resolve("bevy.json"), "{ \"buckets\": { \"TOLD\": \"" + TOLD + "\" } }");
    try (BevyProcess bevy = BevyProcess.start(home)) {
      bevy.bevy("deploy " + app).requireSuccess();
      Map<String, String> environment = bevy.environment();
      S3Client s3 = bevy.s3(environment);
      s3.createBucket(r -> r.bucket(BUCKET));
      LambdaFunctionConfiguration rule =
          LambdaFunctionConfiguration.builder()
              .lambdaFunctionArn(FUNCTION)
              .events(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED)
              .build();
      s3.putBucketNotificationConfiguration(r ->
          r.bucket(BUCKET).notificationConfiguration(c -> c.lambdaFunctionConfigurations(rule)));
      return environment;
    }
  }

  private void round(Path home, Map<String, String> environment, List<EventClient> clients)
      throws Exception {
    try (BevyProcess bevy = BevyProcess.start(home);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      int enough = done(clients) + random.nextInt(FEWEST_DEEDS, MOST_DEEDS);
      List<Future<?>> working = new ArrayList<>();
      for (EventClient client : clients) {
        S3Client s3 = bevy.s3(environment);
        working.add(threads.submit(() -> client.work(s3)));
      }
      while (done(clients) < enough) {
        Thread.sleep(STEP_MILLIS);
        assertThat(working).as("nothing is unanswered before the end").noneMatch(Future::isDone);
      }
      assertThat(bevy.alive()).isTrue();
      bevy.kill();
      for (Future<?> each : working) {
        each.get();
      }
    }
  }

  private static int done(List<EventClient> clients) {
    return clients.stream().mapToInt(EventClient::done).sum();
  }

  /// What has happened by what was answered and by what there is: a put or a deletion that was not
  /// answered may have been done or not.
  private static Set<String> happened(List<EventClient> clients, Set<String> there) {
    Set<String> put = new TreeSet<>(there);
    for (EventClient client : clients) {
      put.addAll(client.put());
      assertThat(there).doesNotContainAnyElementsOf(client.deleted());
    }
    return put.stream()
        .flatMap(key ->
            there.contains(key)
                ? Set.of(CREATED + key).stream()
                : Set.of(CREATED + key, REMOVED + key).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// What the function says it was told, once that is enough.
  private static Set<String> told(S3Client s3, Set<String> enough) throws InterruptedException {
    long begun = System.nanoTime();
    Set<String> told = list(s3, TOLD);
    while (!told.containsAll(enough) && System.nanoTime() - begun < DEADLINE.toNanos()) {
      Thread.sleep(STEP_MILLIS);
      told = list(s3, TOLD);
    }
    return told;
  }

  private static Set<String> list(S3Client s3, String bucket) {
    return s3.listObjectsV2Paginator(r -> r.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
