package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/// Pulls the plug while clients write items and a function is told of them and writes them into
/// another table. In the end that table must have all there is in the first, and the record that
/// the function does not take must be among the dead letters.
class FeedsTest {
  private static final int KILLS = Integer.getInteger("bevy.ordeal.feed.kills", 2);
  private static final long SEED = Long.getLong("bevy.seed", System.nanoTime());
  private static final int CLIENTS = 4;
  private static final int FEWEST_WRITES = 20;
  private static final int MOST_WRITES = 150;
  private static final long STEP_MILLIS = 5;
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final String POISON = "poison";
  private static final String LETTERS = "letters";

  private static final String COPIER =
      """
      export default {
        async stream(batch, env) {
          for (const { dynamodb } of batch.Records) {
            if (dynamodb.Keys.id.S === "poison") {
              throw new Error("not that one");
            }
            await env.COPIES.put({ id: dynamodb.Keys.id.S, sequence: dynamodb.SequenceNumber });
          }
        },
      };
      """;

  private static final String MANIFEST =
      """
      { "tables": {
          "ORDERS": { "table": "orders",
                      "feed": { "batchSize": 20, "retries": 1, "deadLetters": "letters" } },
          "COPIES": { "table": "copies" } } }
      """;

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Queue<String> answered = new ConcurrentLinkedQueue<>();

  @Test
  void whateverIsWrittenIsToldThoughTheProcessIsKilledAgainAndAgain() throws Exception {
    System.out.println("FeedsTest: " + KILLS + " kills, -Dbevy.seed=" + SEED);
    Tools.needFunctions();
    Path home = folder.resolve("home");
    Path app = Files.createDirectory(folder.resolve("copier"));
    Files.writeString(app.resolve("function.js"), COPIER);
    Files.writeString(app.resolve("bevy.json"), MANIFEST);
    Map<String, String> environment;
    try (BevyProcess bevy = BevyProcess.start(home)) {
      bevy.bevy("deploy " + app).requireSuccess();
      environment = bevy.environment();
      write(bevy, environment, 0);
    }
    for (int kill = 1; kill < KILLS; kill++) {
      try (BevyProcess bevy = BevyProcess.start(home)) {
        write(bevy, environment, kill);
      }
    }
    try (BevyProcess bevy = BevyProcess.start(home);
        DynamoDbClient client = bevy.dynamo(environment)) {
      Set<String> there = ids(client, "orders");
      assertThat(there).containsAll(answered).contains(POISON);
      there.remove(POISON);
      System.out.println("FeedsTest: " + there.size() + " records");
      long begun = System.nanoTime();
      while (!ids(client, "copies").equals(there)) {
        assertThat(System.nanoTime() - begun).isLessThan(DEADLINE.toNanos());
        Thread.sleep(STEP_MILLIS);
      }
      try (S3Client s3 = bevy.s3(environment)) {
        assertThat(s3.listObjectsV2(r -> r.bucket(LETTERS)).contents())
            .singleElement()
            .satisfies(letter ->
                assertThat(
                        s3.getObjectAsBytes(r -> r.bucket(LETTERS).key(letter.key()))
                            .asUtf8String())
                    .contains("not that one", "{\"S\":\"poison\"}"));
      }
      assertThat(bevy.bevy("feeds copier").requireSuccess())
          .containsPattern("copier +ORDERS +orders +CURRENT +0 ")
          .contains("not that one");
    }
  }

  /// Writes until the plug is pulled.
  private void write(BevyProcess bevy, Map<String, String> environment, int round)
      throws Exception {
    try (DynamoDbClient client = impatient(bevy, environment);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      if (round == 0) {
        put(client, POISON);
      }
      int enough = answered.size() + random.nextInt(FEWEST_WRITES, MOST_WRITES);
      List<Future<?>> working = new ArrayList<>();
      for (int each = 0; each < CLIENTS; each++) {
        String name = round + "-" + each + "-";
        working.add(
            threads.submit(() -> {
              try {
                for (int i = 0; ; i++) {
                  put(client, name + i);
                }
              } catch (SdkException killed) {
                // what was not answered may be there or not
              }
            }));
      }
      while (answered.size() < enough) {
        assertThat(working).as("nothing is unanswered before the end").noneMatch(Future::isDone);
        Thread.sleep(STEP_MILLIS);
      }
      bevy.kill();
      for (Future<?> each : working) {
        each.get();
      }
    }
  }

  /// A client that does not go on trying when the plug is pulled.
  private static DynamoDbClient impatient(BevyProcess bevy, Map<String, String> environment) {
    return DynamoDbClient.builder()
        .endpointOverride(bevy.endpoint())
        .region(BevyProcess.REGION)
        .credentialsProvider(BevyProcess.credentials(environment))
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  private void put(DynamoDbClient client, String id) {
    client.putItem(it -> it.tableName("orders").item(Map.of("id", AttributeValue.fromS(id))));
    answered.add(id);
  }

  private static Set<String> ids(DynamoDbClient client, String table) {
    return client.scanPaginator(it -> it.tableName(table)).items().stream()
        .map(item -> item.get("id").s())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
