package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;

/// Pulls the plug at random moments while S3 and DynamoDB clients write, and looks after each
/// restart whether everything that was acknowledged is there. Takes minutes, because the promise is
/// about real processes; it sleeps, because the moment of the kill is what is tried.
@Order(1)
class KillTest {
  private static final int ROUNDS = Integer.getInteger("bevy.ordeal.kills", 200);
  private static final long SEED = Long.getLong("bevy.seed", System.nanoTime());
  private static final int CLIENTS = 4;
  private static final int LONGEST_ROUND_MILLIS = 900;
  private static final Duration START_LIMIT = Duration.ofSeconds(5);

  @TempDir private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<ObjectClient> objectClients = new ArrayList<>();
  private final List<ItemClient> itemClients = new ArrayList<>();
  private final List<Duration> startUps = new ArrayList<>();

  @Test
  void nothingAcknowledgedIsLostWhenTheProcessIsKilledAgainAndAgain() throws Exception {
    System.out.println("KillTest: " + ROUNDS + " kills, -Dbevy.seed=" + SEED);
    Path home = folder.resolve("home");
    for (int i = 0; i < CLIENTS; i++) {
      objectClients.add(new ObjectClient("o" + i, random.nextLong()));
      itemClients.add(new ItemClient("i" + i, random.nextLong()));
    }
    Map<String, String> environment = prepare(home);
    for (int round = 0; round < ROUNDS; round++) {
      round(home, environment);
    }
    try (BevyProcess last = BevyProcess.start(home)) {
      use(last, environment);
      check();
    }
    startUps.sort(null);
    System.out.println(
        "KillTest: start-up median %d ms, longest %d ms"
            .formatted(
                startUps.get(startUps.size() / 2).toMillis(), startUps.getLast().toMillis()));
    assertThat(startUps.getLast()).isLessThan(START_LIMIT);
  }

  private Map<String, String> prepare(Path home) throws Exception {
    try (BevyProcess bevy = BevyProcess.start(home)) {
      Map<String, String> environment = bevy.environment();
      bevy.s3(environment).createBucket(r -> r.bucket(ObjectClient.BUCKET));
      makeTable(bevy.dynamo(environment));
      return environment;
    }
  }

  private static void makeTable(DynamoDbClient dynamo) {
    CreateTableRequest request =
        CreateTableRequest.builder()
            .tableName(ItemClient.TABLE)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(List.of(key("who", KeyType.HASH), key("at", KeyType.RANGE)))
            .attributeDefinitions(List.of(text("who"), text("at")))
            .build();
    dynamo.createTable(request);
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private void round(Path home, Map<String, String> environment) throws Exception {
    try (BevyProcess bevy = BevyProcess.start(home)) {
      startUps.add(bevy.startUp());
      use(bevy, environment);
      check();
      List<Thread> threads = new ArrayList<>();
      clients().forEach(client -> threads.add(Thread.ofPlatform().start(client::work)));
      Thread.sleep(random.nextInt(LONGEST_ROUND_MILLIS));
      assertThat(bevy.alive()).isTrue();
      bevy.kill();
      for (Thread thread : threads) {
        thread.interrupt();
        thread.join();
      }
    }
  }

  private void use(BevyProcess bevy, Map<String, String> environment) {
    S3Client s3 = bevy.s3(environment);
    DynamoDbClient dynamo = bevy.dynamo(environment);
    objectClients.forEach(client -> client.use(s3));
    itemClients.forEach(client -> client.use(dynamo));
  }

  /// Each client looks after its own keys, all at the same time.
  private void check() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> checks = new ArrayList<>();
      clients().forEach(client -> checks.add(threads.submit(client::check)));
      for (Future<?> check : checks) {
        check.get();
      }
    }
  }

  private List<Client> clients() {
    List<Client> clients = new ArrayList<>(objectClients);
    clients.addAll(itemClients);
    return clients;
  }
}
