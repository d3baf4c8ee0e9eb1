package cloud.bevy.testing.interop;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.replication.Access;
import cloud.bevy.hyper.replication.Replication;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the commands of a [JavaPeer] share: its corestore, its replication, and what is open.
final class Holdings {
  /// How long anything may take.
  static final Duration PATIENCE = Duration.ofSeconds(55);

  private static final long CACHE = 16 << 20;

  final World world = RealWorld.create(System.err);
  final NodeCache cache = new NodeCache(CACHE);
  final Corestore corestore;
  final Replication replication;
  private final Map<String, Object> things = new ConcurrentHashMap<>();

  Holdings(Path folder) throws IOException {
    Store store = Store.open(world, folder.resolve("store"), StoreLimits.defaults());
    this.corestore = Corestore.open(world, store, primaryKey(folder.resolve("primary-key")));
    this.replication = Replication.open(world, corestore, Access.all());
  }

  private byte[] primaryKey(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] key = new byte[Corestore.PRIMARY_KEY];
      world.chance().fill(key);
      Files.write(file, key);
    }
    return Files.readAllBytes(file);
  }

  /// The core of a key, whose missing blocks come from peers.
  Core remote(byte[] key) {
    Core core = corestore.remote(key);
    follow(core);
    return core;
  }

  /// Has peers asked for what is missing of a core, for as long as this process runs.
  void follow(Core core) {
    things.computeIfAbsent("follow " + core, _ -> replication.follow(core));
  }

  /// The drive of a key, whose missing blocks come from peers.
  Drive drive(byte[] key) {
    Drive drive = Drive.remote(world, corestore, key, cache);
    drive.follow(replication::follow);
    return drive;
  }

  <T> T keep(String name, T thing) {
    things.put(name, thing);
    return thing;
  }

  <T> T thing(String name, Class<T> type) {
    Object thing = things.get(name);
    if (!type.isInstance(thing)) {
      throw new IllegalArgumentException("nothing is open as " + name);
    }
    return type.cast(thing);
  }
}
