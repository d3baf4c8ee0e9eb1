package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.Disk.DiskLock;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// A machine's state folder: the lock that makes one process its owner, the machine's secret, and
/// the store. Its layout is in docs/formats/home.md.
final class HomeFolder implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String KEY = "machine.key";
  private static final String STORE = "store";
  private static final String KEY_TITLE = "bevy machine key 1";
  private static final int KEY_BYTES = 32;
  private static final int KEY_FILE_LIMIT = 1024;

  private final Path path;
  private final DiskLock lock;
  private final byte[] secret;

  private HomeFolder(Path path, DiskLock lock, byte[] secret) {
    this.path = path;
    this.lock = lock;
    this.secret = secret;
  }

  /// Takes the folder for this process, and makes it a state folder if it is new or empty.
  ///
  /// @throws CloudFault where another process holds it, it is not a state folder, or it is damaged
  static HomeFolder take(World world, Path path) {
    try {
      world.disk().createDirectories(path);
      refuseForeign(world.disk(), path);
      DiskLock lock = world.disk().tryLock(path.resolve(LOCK)).orElseThrow(() -> inUse(path));
      try {
        return new HomeFolder(path, lock, secret(world, path));
      } catch (IOException | CloudFault failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new CloudFault(
          CloudFault.Kind.DAMAGED,
          "cannot use the state folder " + path + ": " + failure,
          "check that this user may write there and that the disk has room",
          failure);
    }
  }

  /// Where the store is.
  Path store() {
    return path.resolve(STORE);
  }

  /// The 32 bytes that all of the machine's own keys derive from.
  byte[] secret() {
    return secret.clone();
  }

  @Override
  public void close() {
    lock.close();
  }

  private static byte[] secret(World world, Path home) throws IOException {
    Path file = home.resolve(KEY);
    if (world.disk().exists(file)) {
      return parse(file, world.disk().read(file, KEY_FILE_LIMIT));
    }
    if (world.disk().exists(home.resolve(STORE))) {
      throw new CloudFault(
          CloudFault.Kind.DAMAGED,
          "the state folder " + home + " has a store, but its " + KEY + " is missing",
          "put " + KEY + " back from a backup; without it nobody can open the clouds in there");
    }
    byte[] secret = world.chance().bytes(KEY_BYTES);
    world.disk().replace(file, format(secret).getBytes(StandardCharsets.UTF_8));
    return secret;
  }

  private static String format(byte[] secret) {
    return KEY_TITLE + "\n" + HexFormat.of().formatHex(secret) + "\n";
  }

  private static byte[] parse(Path file, byte[] content) {
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    boolean whole =
        lines.size() == 2
            && lines.getFirst().equals(KEY_TITLE)
            && lines.getLast().matches("[0-9a-f]{" + 2 * KEY_BYTES + "}");
    if (!whole) {
      throw new CloudFault(
          CloudFault.Kind.DAMAGED,
          file + " is damaged or was written by a newer bevy",
          "put it back from a backup, or run the newer bevy");
    }
    return HexFormat.of().parseHex(lines.getLast());
  }

  /// A folder with things of others in it was named by mistake.
  private static void refuseForeign(Disk disk, Path home) throws IOException {
    List<Path> names = disk.list(home);
    boolean ours =
        names.isEmpty()
            || names.contains(Path.of(KEY))
            || names.contains(Path.of(STORE))
            || names.stream().allMatch(HomeFolder::leftByFirstStart);
    if (!ours) {
      throw new CloudFault(
          CloudFault.Kind.DAMAGED,
          home + " is not a bevy state folder: it holds " + names.getFirst(),
          "name an empty or new folder with --home or BEVY_HOME");
    }
  }

  private static boolean leftByFirstStart(Path name) {
    String text = name.toString();
    return text.equals(LOCK) || text.startsWith(KEY) || text.equals("bevy.log");
  }

  private static CloudFault inUse(Path home) {
    return new CloudFault(
        CloudFault.Kind.IN_USE,
        "the state folder " + home + " is in use by another bevy process",
        "use that one (bevy status), stop it (bevy down), or name another folder with --home");
  }
}
