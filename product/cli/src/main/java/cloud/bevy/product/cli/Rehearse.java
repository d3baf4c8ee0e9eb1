package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.HttpClient;
import cloud.bevy.product.node.Node;
import cloud.bevy.product.node.NodeOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Does what a cloud mostly does, on a state folder that is thrown away. The build runs it so that
/// Java can note which classes are needed and have them ready at every later start.
@Command(name = "rehearse", hidden = true)
final class Rehearse implements Callable<Integer> {
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
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      Node node = Node.start(world, NodeOptions.of(home, address));
      try (HttpClient client = HttpClient.open(world)) {
        perform(new SignedClient(world, client, credentials(world, home)));
      } finally {
        node.close();
      }
    } finally {
      new Removal(world.disk()).remove(home);
    }
    return ExitCode.DONE;
  }

  private static SignedClient.Credentials credentials(World world, Path home) throws IOException {
    ControlClient control = ControlClient.of(world, home);
    control.get("/_bevy/status");
    Map<String, Object> key = control.get("/_bevy/credentials");
    return new SignedClient.Credentials(
        control.endpoint(),
        String.valueOf(key.get("accessKeyId")),
        String.valueOf(key.get("secretAccessKey")));
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
