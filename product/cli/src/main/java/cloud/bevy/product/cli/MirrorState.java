package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.drive.Mirror;
import cloud.bevy.hyper.wire.Ids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a mirrored folder remembers of the drive, in a folder of its own within: the drive's key,
/// how far the mirror has come, and what was fetched and is not yet copied. It may be deleted
/// together with the folder.
final class MirrorState {
  /// The name of the folder within.
  static final String NAME = ".bevy-mirror";

  private static final String FILE = "mirror.json";
  private static final int LIMIT = 64 << 10;

  private final Disk disk;
  private final Path folder;
  private final String key;
  private long version;
  private long fork;

  private MirrorState(World world, Path folder, String key) {
    this.disk = world.disk();
    this.folder = folder;
    this.key = key;
  }

  /// Looks at a folder that is to become as a drive is.
  ///
  /// @param keeps whether what is in it stays
  /// @throws CommandFault if it is not a mirror of that drive and not empty
  static MirrorState open(World world, Path folder, byte[] key, boolean keeps) throws IOException {
    MirrorState state = new MirrorState(world, folder, Ids.encode(key));
    if (world.disk().exists(state.file())) {
      state.read();
    } else if (!keeps && world.disk().isDirectory(folder)) {
      state.requireEmpty();
    }
    world.disk().createDirectories(state.store());
    return state;
  }

  /// Where the cores are kept.
  Path store() {
    return folder.resolve(NAME).resolve("store");
  }

  /// Whether a mirror of a drive has to look only at what changed since.
  boolean continues(long driveFork, long driveVersion) {
    return version > 0 && fork == driveFork && version <= driveVersion;
  }

  /// The version that the folder was made from.
  long version() {
    return version;
  }

  /// Leaves what is remembered out of a mirror.
  Mirror outOf(Mirror mirror) {
    String own = "/" + NAME;
    return mirror.ignoring(path -> path.equals(own) || path.startsWith(own + "/"));
  }

  /// Remembers that the folder is whose it is, before anything is copied.
  void begin() throws IOException {
    write(version, fork);
  }

  /// Remembers how far the mirror has come.
  void reached(long nextFork, long nextVersion) throws IOException {
    write(nextVersion, nextFork);
  }

  private Path file() {
    return folder.resolve(NAME).resolve(FILE);
  }

  private void write(long nextVersion, long nextFork) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("key", key);
    fields.put("version", nextVersion);
    fields.put("fork", nextFork);
    disk.replace(file(), Json.write(fields).getBytes(StandardCharsets.UTF_8));
    version = nextVersion;
    fork = nextFork;
  }

  private void read() throws IOException {
    byte[] bytes = disk.read(file(), LIMIT);
    Map<String, Object> fields = Json.read(new String(bytes, StandardCharsets.UTF_8));
    if (!key.equals(fields.get("key"))) {
      throw new CommandFault(
          ExitCode.FAILED,
          folder + " is the mirror of another drive: " + fields.get("key"),
          "name another folder, or delete this one");
    }
    version = fields.get("version") instanceof Number number ? number.longValue() : 0;
    fork = fields.get("fork") instanceof Number number ? number.longValue() : 0;
  }

  private void requireEmpty() throws IOException {
    for (Path name : disk.list(folder)) {
      if (!name.endsWith(NAME)) {
        throw new CommandFault(
            ExitCode.FAILED,
            folder + " is not empty, and a mirror deletes what the drive has not",
            "name an empty folder, or pass --keep, which only adds and replaces");
      }
    }
  }
}
