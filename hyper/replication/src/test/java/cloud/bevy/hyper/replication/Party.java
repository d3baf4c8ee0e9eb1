package cloud.bevy.hyper.replication;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.stream.Duplex;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A program on one machine that has a corestore and exchanges it with others.
final class Party {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final int PORT = 7000;

  private static final StoreLimits SMALL =
      new StoreLimits(64 << 10, 2000, 1 << 20, 4, 8, Duration.ofSeconds(10));

  final World world;
  final Store store;
  final Corestore cores;
  final Replication replication;
  final KeyPair keys;

  Party(World world, int number, Access access) {
    this(world, number, access, Path.of("/store"));
  }

  Party(World world, int number, Access access, Path folder) {
    this.world = world;
    this.store = Store.open(world, folder, SMALL);
    byte[] secret = new byte[32];
    secret[0] = (byte) number;
    this.cores = Corestore.open(world, store, secret);
    this.replication = Replication.open(world, cores, access);
    this.keys = KeyPair.fromSeed(secret);
  }

  Party(World world, int number) {
    this(world, number, Access.all());
  }

  /// Takes every peer that comes, for ever.
  Party listen(InetAddress address) throws IOException {
    Network.Listener listener = world.network().listen(new InetSocketAddress(address, PORT));
    world.tasks().start("listens", () -> accept(listener));
    return this;
  }

  /// Takes every peer that comes to a port that is free.
  int listenAt(InetAddress address) throws IOException {
    Network.Listener listener = world.network().listen(new InetSocketAddress(address, 0));
    world.tasks().start("listens", () -> accept(listener));
    return listener.address().getPort();
  }

  private void accept(Network.Listener listener) {
    try {
      while (true) {
        Network.Connection connection = listener.accept();
        world.tasks().start("welcomes", () -> welcome(connection));
      }
    } catch (IOException closed) {
      // the machine goes down
    }
  }

  private void welcome(Network.Connection connection) {
    try {
      replication.join(
          SecretStream.accept(world, Duplex.over(connection), keys, StreamOptions.STANDARD));
    } catch (IOException broken) {
      connection.close();
    }
  }

  /// Opens a stream to a peer.
  SecretStream dial(InetAddress address) throws IOException {
    return dial(address, PORT);
  }

  SecretStream dial(InetAddress address, int port) throws IOException {
    Network.Connection connection =
        world.network().connect(new InetSocketAddress(address, port), Duration.ofSeconds(10));
    return SecretStream.initiate(world, Duplex.over(connection), keys, StreamOptions.STANDARD);
  }

  /// Exchanges cores with a peer.
  Link join(InetAddress address) throws IOException {
    return replication.join(dial(address));
  }

  /// A core of somebody else, whose blocks are fetched when they are read.
  Core remote(byte[] key) {
    Core core = cores.remote(key);
    replication.follow(core);
    return core;
  }

  /// A core of one's own with that many blocks more.
  Core write(String name, int blocks) throws Exception {
    Core core = cores.core(name);
    append(core, blocks);
    return core;
  }

  static void append(Core core, int blocks) throws Exception {
    List<byte[]> all = new ArrayList<>();
    for (int number = 0; number < blocks; number++) {
      all.add(block(core.fork(), core.appended() + number));
    }
    core.append(all).ticket().await(MINUTE);
  }

  /// What a block has.
  static byte[] block(long fork, long index) {
    Random random = new Random(fork * 1_000_003 + index);
    byte[] block = new byte[random.nextInt(200)];
    random.nextBytes(block);
    return block;
  }

  /// Reads a block, wherever it is.
  static byte[] read(Core core, long index) throws InterruptedException {
    if (core.read(index, MINUTE) instanceof BlockLookup.Found found) {
      return found.toArray();
    }
    throw new AssertionError("block " + index + " has not come");
  }

  /// Waits until something is so.
  static void until(World world, java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long end = world.time().nanos() + 10 * MINUTE.toNanos();
    while (!condition.getAsBoolean()) {
      if (world.time().nanos() > end) {
        throw new AssertionError("it has not come to that");
      }
      world.tasks().sleep(Duration.ofMillis(100));
    }
  }
}
