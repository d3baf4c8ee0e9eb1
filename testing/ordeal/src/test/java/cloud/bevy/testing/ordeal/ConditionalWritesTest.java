package cloud.bevy.testing.ordeal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;

/// Ten clients write a few keys on conditions, read and list them, while the process is killed or
/// ended and started again: the [Rivalry] over objects, and the one over items and transactions.
class ConditionalWritesTest {
  private static final int ROUNDS = Integer.getInteger("bevy.ordeal.rounds", 4);
  private static final long SEED = Long.getLong("bevy.seed", System.nanoTime());
  private static final String BUCKET = "rivals";

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void conditionalWritesReadsAndListingsAreLinearizableOverKillsAndRestarts() throws Exception {
    System.out.println("ConditionalWritesTest: " + ROUNDS + " rounds, -Dbevy.seed=" + SEED);
    Path home = folder.resolve("home");
    RivalField field = new RivalField(List.of("a", "b", "c/d", "c/e"));
    List<ObjectRival> rivals =
        Stream.generate(() -> new ObjectRival(field, BUCKET, random.nextLong()))
            .limit(Rivalry.RIVALS)
            .toList();
    Map<String, String> environment;
    try (BevyProcess bevy = BevyProcess.start(home)) {
      environment = bevy.environment();
      bevy.s3(environment).createBucket(r -> r.bucket(BUCKET));
    }
    Rivalry.Connector connector =
        bevy -> {
          S3Client s3 = objects(bevy, environment);
          rivals.forEach(rival -> rival.use(s3));
          return s3;
        };
    new Rivalry(home, rivals, connector, random.nextLong()).judge(ROUNDS);
  }

  @Test
  void conditionalItemsAndTransactionsAreLinearizableOverKillsAndRestarts() throws Exception {
    System.out.println("ConditionalWritesTest: " + ROUNDS + " rounds, -Dbevy.seed=" + SEED);
    Path home = folder.resolve("home");
    RivalField field = new RivalField(List.of("a", ItemRival.BOTH + " 1", ItemRival.BOTH + " 2"));
    List<ItemRival> rivals =
        Stream.generate(() -> new ItemRival(field, random.nextLong()))
            .limit(Rivalry.RIVALS)
            .toList();
    Map<String, String> environment;
    try (BevyProcess bevy = BevyProcess.start(home)) {
      environment = bevy.environment();
      try (DynamoDbClient dynamo = items(bevy, environment)) {
        createTable(dynamo);
      }
    }
    Rivalry.Connector connector =
        bevy -> {
          DynamoDbClient dynamo = items(bevy, environment);
          rivals.forEach(rival -> rival.use(dynamo));
          return dynamo;
        };
    new Rivalry(home, rivals, connector, random.nextLong()).judge(ROUNDS);
  }

  @SuppressWarnings("unchecked") // the SDK's arrays of consumers
  private static void createTable(DynamoDbClient dynamo) {
    dynamo.createTable(r ->
        r.tableName(ItemRival.TABLE)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                a -> a.attributeName("who").attributeType(ScalarAttributeType.S),
                a -> a.attributeName("at").attributeType(ScalarAttributeType.S))
            .keySchema(
                k -> k.attributeName("who").keyType(KeyType.HASH),
                k -> k.attributeName("at").keyType(KeyType.RANGE)));
  }

  /// A client that sends everything once: a second attempt would be told what the first has done.
  private static S3Client objects(BevyProcess bevy, Map<String, String> environment) {
    return S3Client.builder()
        .endpointOverride(bevy.endpoint())
        .region(BevyProcess.REGION)
        .forcePathStyle(true)
        .credentialsProvider(BevyProcess.credentials(environment))
        .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)))
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(Rivalry.RIVALS))
        .build();
  }

  /// The same for items.
  private static DynamoDbClient items(BevyProcess bevy, Map<String, String> environment) {
    return DynamoDbClient.builder()
        .endpointOverride(bevy.endpoint())
        .region(BevyProcess.REGION)
        .credentialsProvider(BevyProcess.credentials(environment))
        .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)))
        .httpClientBuilder(Apache5HttpClient.builder().maxConnections(Rivalry.RIVALS))
        .build();
  }
}
