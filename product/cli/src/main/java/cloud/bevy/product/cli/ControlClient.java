package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.http.ClientRequest;
import cloud.bevy.foundation.http.ClientResponse;
import cloud.bevy.foundation.http.HttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Asks the running node of a state folder, through the control part of its front door.
final class ControlClient {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /// For what takes as long as a disk takes.
  private static final Duration PATIENCE = Duration.ofHours(12);

  private static final int SUCCESS = 2;
  private static final int HUNDRED = 100;

  private final World world;
  private final NodeFile node;

  private ControlClient(World world, NodeFile node) {
    this.world = world;
    this.node = node;
  }

  /// @throws CommandFault if no node is running on that state folder
  static ControlClient of(World world, Path home) {
    return new ControlClient(world, NodeFile.read(world, home).orElseThrow(() -> notRunning(home)));
  }

  private static CommandFault notRunning(Path home) {
    return new CommandFault(
        ExitCode.NOT_RUNNING, "no cloud is running in " + home, "start it with bevy up");
  }

  long pid() {
    return node.pid();
  }

  String endpoint() {
    return node.endpoint();
  }

  Map<String, Object> get(String target) throws IOException {
    return send("GET", target, new ClientRequest.Body.Empty(), DEADLINE);
  }

  Map<String, Object> post(String target) throws IOException {
    return send("POST", target, new ClientRequest.Body.Empty(), DEADLINE);
  }

  /// The same for what may take hours.
  Map<String, Object> postPatiently(String target) throws IOException {
    return send("POST", target, new ClientRequest.Body.Empty(), PATIENCE);
  }

  Map<String, Object> post(String target, InputStream body) throws IOException {
    return send("POST", target, new ClientRequest.Body.Stream(body, -1), DEADLINE);
  }

  Map<String, Object> delete(String target) throws IOException {
    return send("DELETE", target, new ClientRequest.Body.Empty(), DEADLINE);
  }

  private Map<String, Object> send(
      String method, String target, ClientRequest.Body body, Duration deadline) throws IOException {
    URI endpoint = URI.create(node.endpoint());
    ClientRequest request = ClientRequest.of(method, target).with(body);
    request.headers().set("Host", endpoint.getAuthority());
    request.headers().set("Authorization", "Bearer " + node.token());
    try (HttpClient client = HttpClient.open(world);
        ClientResponse response =
            client.send(
                new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), request, deadline)) {
      return answer(response);
    } catch (ConnectException refused) {
      throw new CommandFault(
          ExitCode.NOT_RUNNING,
          "process " + node.pid() + " does not answer at " + node.endpoint(),
          "look at its log; bevy doctor may know more");
    }
  }

  private static Map<String, Object> answer(ClientResponse response) throws IOException {
    String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, Object> tree = text.isEmpty() ? Map.of() : Json.read(text);
    if (response.status() / HUNDRED == SUCCESS) {
      return tree;
    }
    throw new CommandFault(
        ExitCode.FAILED,
        String.valueOf(tree.getOrDefault("message", "the cloud answered " + response.status())),
        String.valueOf(tree.getOrDefault("hint", "")));
  }
}
