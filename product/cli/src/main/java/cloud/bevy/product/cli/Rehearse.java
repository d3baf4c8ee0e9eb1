package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.HttpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Does what a cloud mostly does, on a state folder that is thrown away. The build runs it so that
/// Java can note which classes are needed, and which way their methods mostly go, and have both
/// ready at every later start: it then compiles what matters within the first seconds.
@Command(name = "rehearse", hidden = true)
final class Rehearse implements Callable<Integer> {
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /// How long the cloud is kept busy: until Java has compiled the way of a request for good.
  private static final Duration BUSY = Duration.ofSeconds(8);

  /// How many callers it has then.
  private static final int CALLERS = 4;

  private static final String TABLE =
      """
      {"TableName":"rehearsal","BillingMode":"PAY_PER_REQUEST",
       "AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}],
       "KeySchema":[{"AttributeName":"k","KeyType":"HASH"}]}\
      """;

  private static final String QUERY =
      "{\"TableName\":\"rehearsal\",\"KeyConditionExpression\":\"k = :k\","
          + "\"ExpressionAttributeValues\":{\":k\":{\"S\":\"a\"}}}";

  /// What an object and an item hold: a kibibyte.
  private static final String CONTENT = "content ".repeat(128);

  /// How many reads there are to a write.
  private static final int READS = 8;

  @Mixin private final Common common = new Common();

  @Override
  public Integer call() throws Exception {
    World world = common.world();
    Path home = common.home().resolveSibling("rehearsal-" + ProcessHandle.current().pid());
    try {
      up(home, this::perform);
      up(home, Rehearse::read);
    } finally {
      new Removal(world.disk()).remove(home);
    }
    return ExitCode.DONE;
  }

  /// Runs `bevy up` as it is run from the shell, so that nothing which a start needs is missed.
  private void up(Path home, Scene scene) throws Exception {
    World world = common.world();
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    String[] command = {"up", "--port", "0", "--home", home.toString()};
    world.tasks().start("bevy-rehearsal", () -> ended.complete(Main.run(command)));
    while (NodeFile.read(world, home).isEmpty()) {
      if (ended.isDone()) {
        throw new CommandFault(ended.get(), "the rehearsal's cloud did not start", "");
      }
      world.tasks().sleep(STEP);
    }
    ControlClient control = ControlClient.of(world, home);
    try (HttpClient client = HttpClient.open(world)) {
      control.get("/_bevy/status");
      scene.play(new SignedClient(world, client, SignedClient.Credentials.of(control, "")));
    } finally {
      control.post("/_bevy/stop");
    }
    world.tasks().await(ended, DEADLINE);
  }

  private interface Scene {
    void play(SignedClient client) throws Exception;
  }

  private static void read(SignedClient client) throws IOException {
    client.open("/healthz");
    client.s3("GET", "/rehearsal/a", "");
    client.dynamo("GetItem", "{\"TableName\":\"rehearsal\",\"Key\":{\"k\":{\"S\":\"a\"}}}");
  }

  private void perform(SignedClient client) throws Exception {
    client.s3("GET", "/", "");
    client.s3("PUT", "/rehearsal", "");
    client.s3("PUT", "/rehearsal/a", "content");
    client.s3("GET", "/rehearsal/a", "");
    client.s3("GET", "/rehearsal", "");
    client.dynamo("CreateTable", TABLE);
    client.dynamo("PutItem", "{\"TableName\":\"rehearsal\",\"Item\":{\"k\":{\"S\":\"a\"}}}");
    client.dynamo("GetItem", "{\"TableName\":\"rehearsal\",\"Key\":{\"k\":{\"S\":\"a\"}}}");
    client.dynamo("Query", QUERY);
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      callers.add(keepBusy(client, "caller-" + caller));
    }
    for (CompletableFuture<Void> caller : callers) {
      common.world().tasks().await(caller, DEADLINE);
    }
  }

  /// Has a task read and write one key's object and item again and again.
  private CompletableFuture<Void> keepBusy(SignedClient client, String key) {
    World world = common.world();
    CompletableFuture<Void> done = new CompletableFuture<>();
    long end = world.time().nanos() + BUSY.toNanos();
    world
        .tasks()
        .start(
            "bevy-" + key,
            () -> {
              try {
                for (int round = 0; world.time().nanos() < end; round++) {
                  readAndWrite(client, key, round);
                }
                done.complete(null);
              } catch (IOException | RuntimeException failure) {
                done.completeExceptionally(failure);
              }
            });
    return done;
  }

  private static void readAndWrite(SignedClient client, String key, int round) throws IOException {
    String object = "/rehearsal/" + key;
    client.s3("PUT", object, CONTENT);
    String table = "{\"TableName\":\"rehearsal\",";
    String name = "{\"k\":{\"S\":\"" + key + "\"}";
    String values = ",\"n\":{\"N\":\"" + round + "\"},\"t\":{\"S\":\"" + CONTENT + "\"}}}";
    client.dynamo("PutItem", table + "\"Item\":" + name + values);
    client.dynamo(
        "UpdateItem",
        table
            + "\"Key\":"
            + name
            + "},\"UpdateExpression\":\"ADD n :one\","
            + "\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}");
    for (int read = 0; read < READS; read++) {
      client.s3("GET", object, "");
      client.dynamo("GetItem", table + "\"Key\":" + name + "}}");
    }
    client.s3("GET", "/rehearsal", "");
    client.dynamo("Query", QUERY);
  }
}
