package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.HttpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Does what a cloud mostly does, on a state folder that is thrown away. The build runs it so that
/// Java can note which classes are needed and have them ready at every later start.
@Command(name = "rehearse", hidden = true)
final class Rehearse implements Callable<Integer> {
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final String TABLE =
      """
      {"TableName":"rehearsal","BillingMode":"PAY_PER_REQUEST",
       "AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}],
       "KeySchema":[{"AttributeName":"k","KeyType":"HASH"}]}\
      """;

  @Mixin private final Common common = new Common();

  @Override
  public Integer call() throws Exception {
    World world = common.world();
    Path home = common.home().resolveSibling("rehearsal-" + ProcessHandle.current().pid());
    try {
      up(home, Rehearse::perform);
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
    void play(SignedClient client) throws IOException;
  }

  private static void read(SignedClient client) throws IOException {
    client.open("/healthz");
    client.s3("GET", "/rehearsal/a", "");
    client.dynamo("GetItem", "{\"TableName\":\"rehearsal\",\"Key\":{\"k\":{\"S\":\"a\"}}}");
  }

  private static void perform(SignedClient client) throws IOException {
    client.s3("GET", "/", "");
    client.s3("PUT", "/rehearsal", "");
    client.s3("PUT", "/rehearsal/a", "content");
    client.s3("GET", "/rehearsal/a", "");
    client.s3("GET", "/rehearsal", "");
    client.dynamo("CreateTable", TABLE);
    client.dynamo("PutItem", "{\"TableName\":\"rehearsal\",\"Item\":{\"k\":{\"S\":\"a\"}}}");
    client.dynamo("GetItem", "{\"TableName\":\"rehearsal\",\"Key\":{\"k\":{\"S\":\"a\"}}}");
    client.dynamo(
        "Query",
        "{\"TableName\":\"rehearsal\",\"KeyConditionExpression\":\"k = :k\","
            + "\"ExpressionAttributeValues\":{\":k\":{\"S\":\"a\"}}}");
  }
}
