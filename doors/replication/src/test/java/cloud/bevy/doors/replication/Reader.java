package cloud.bevy.doors.replication;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.drive.Drive;
import cloud.bevy.hyper.replication.Access;
import cloud.bevy.hyper.replication.Link;
import cloud.bevy.hyper.replication.Replication;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.stream.Duplex;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// A program elsewhere that knows a key or two.
final class Reader implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final World world;
  private final Store store;
  private final Corestore cores;
  private final Replication replication;

  Reader(World world, Path folder) {
    this.world = world;
    this.store = Store.open(world, folder, StoreLimits.defaults());
    this.cores = Corestore.open(world, store, new byte[Corestore.PRIMARY_KEY]);
    this.replication = Replication.open(world, cores, Access.all());
  }

  Link join(Duplex bytes) throws IOException {
    KeyPair self = KeyPair.fromSeed(world.chance().bytes(32));
    return replication.join(SecretStream.initiate(world, bytes, self, StreamOptions.STANDARD));
  }

  Core core(byte[] key) {
    Core core = cores.remote(key);
    var _ = replication.follow(core);
    return core;
  }

  Drive drive(byte[] key) {
    Drive drive = Drive.remote(world, cores, key, new NodeCache(1 << 20)).patience(PATIENCE);
    var _ = drive.follow(replication::follow);
    return drive;
  }

  @Override
  public void close() {
    replication.links().forEach(Link::close);
    store.close();
  }
}
