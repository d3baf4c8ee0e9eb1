package cloud.bevy.services.functions;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// What an engine is given on the disk: its configuration, a folder for sockets, and an empty one
/// for the root of its jail. Gone when the engine is.
///
/// @param disk the disk
/// @param path the folder, with a short name because a socket's path may have 107 bytes
record EngineFolder(Disk disk, Path path) {
  private static final int NAME_BYTES = 4;
  private static final int MAX_SOCKET_PATH = 107;

  /// Makes a folder below `parent`.
  static EngineFolder create(World world, Path parent) throws IOException {
    String name = HexFormat.of().formatHex(world.chance().bytes(NAME_BYTES));
    EngineFolder folder = new EngineFolder(world.disk(), parent.resolve(name).toAbsolutePath());
    String path = folder.path.toString();
    if (path.chars().anyMatch(Character::isWhitespace) || path.indexOf('\\') >= 0) {
      throw new IOException("no folder of an engine may have a space in its path: " + path);
    }
    for (String part : List.of("root", "config", "sockets")) {
      world.disk().createDirectories(folder.path.resolve(part));
    }
    return folder;
  }

  /// The address of a socket.
  UnixDomainSocketAddress socket(String name) throws IOException {
    Path socket = path.resolve("sockets").resolve(name);
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH) {
      throw new IOException(
          "a socket's path may have " + MAX_SOCKET_PATH + " bytes, which " + socket + " has not");
    }
    return UnixDomainSocketAddress.of(socket);
  }

  /// Deletes the folder.
  void delete() throws IOException {
    delete(disk, path);
  }

  /// Deletes whatever there is at a path.
  static void delete(Disk disk, Path path) throws IOException {
    if (disk.isDirectory(path)) {
      for (Path child : disk.list(path)) {
        delete(disk, path.resolve(child));
      }
    }
    disk.delete(path);
  }
}
