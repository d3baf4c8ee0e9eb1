package cloud.bevy.product.node;

import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/// What a running node writes into its state folder for the commands that look for it. Written anew
/// at each start, deleted at the end; left behind by a crash, which a reader notices by the
/// process.
final class NodeFile {
  private static final String NAME = "node.json";
  private static final int TOKEN_BYTES = 32;

  private final World world;
  private final Path path;
  private final String token;

  NodeFile(World world, Path home) {
    this.world = world;
    this.path = home.resolve(NAME);
    this.token = HexFormat.of().formatHex(world.chance().bytes(TOKEN_BYTES));
  }

  /// What callers of the control API must show.
  String token() {
    return token;
  }

  void write(String endpoint) throws IOException {
    String json =
        """
        {
          "pid": %d,
          "version": "%s",
          "endpoint": "%s",
          "token": "%s"
        }
        """
            .formatted(ProcessHandle.current().pid(), Build.VERSION, endpoint, token);
    world.disk().replace(path, json.getBytes(StandardCharsets.UTF_8));
  }

  void delete() {
    try {
      world.disk().delete(path);
    } catch (IOException left) {
      world.log().warning("could not delete " + path + ", which does no harm: " + left);
    }
  }
}
