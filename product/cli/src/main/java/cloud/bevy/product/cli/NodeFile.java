package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a running node has written into its state folder for the commands that look for it.
///
/// @param pid the node's process
/// @param endpoint its front door, `http://127.0.0.1:4566`
/// @param token what proves to the node that its caller can read the state folder
record NodeFile(long pid, String endpoint, String token) {
  static final String NAME = "node.json";

  private static final int LIMIT = 64 << 10;
  private static final Duration GLANCE = Duration.ofSeconds(1);

  /// The node of a state folder, if its process is alive.
  static Optional<NodeFile> read(World world, Path home) {
    Path path = home.resolve(NAME);
    if (!world.disk().exists(path)) {
      return Optional.empty();
    }
    try {
      byte[] content = world.disk().read(path, LIMIT);
      return parse(Json.read(new String(content, StandardCharsets.UTF_8))).filter(NodeFile::alive);
    } catch (IOException unreadable) {
      throw new CommandFault(
          ExitCode.FAILED,
          "cannot read " + path + ": " + unreadable.getMessage(),
          "it belongs to whoever started the cloud; run bevy as that user");
    }
  }

  private static Optional<NodeFile> parse(Map<String, Object> fields) {
    return fields.get("pid") instanceof Number pid
            && fields.get("endpoint") instanceof String endpoint
            && fields.get("token") instanceof String token
        ? Optional.of(new NodeFile(pid.longValue(), endpoint, token))
        : Optional.empty();
  }

  private boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /// Whether somebody is at the door: a process that was killed need not have ended yet, and its
  /// number may be another's by now.
  boolean answers(World world) {
    URI door = URI.create(endpoint);
    InetSocketAddress address = new InetSocketAddress(door.getHost(), door.getPort());
    try {
      world.network().connect(address, GLANCE).close();
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  /// Never the token.
  @Override
  public String toString() {
    return "NodeFile[" + pid + ", " + endpoint + "]";
  }
}
