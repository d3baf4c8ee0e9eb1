package cloud.bevy.bench;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.core.Append;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.core.Listener;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.replication.Access;
import cloud.bevy.hyper.replication.Link;
import cloud.bevy.hyper.replication.Replication;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.stream.Duplex;
import cloud.bevy.hyper.stream.SecretStream;
import cloud.bevy.hyper.stream.StreamOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Our side of [ReplicationBench], which does what `bench/replication/peer.mjs` does: `serve FOLDER
/// BLOCKS SIZE` fills a core and lets others have it; `fetch FOLDER BLOCKS SIZE` gets such a core,
/// once for each line it reads with the key and the port.
public final class ReplicationPeer {
  private static final int BATCH_BLOCKS = 100;
  private static final int BATCH_BYTES = 4 << 20;
  private static final int UNDER_WAY = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final World world = RealWorld.create(System.err);
  private final KeyPair self = KeyPair.fromSeed(world.chance().bytes(32));
  private final Path folder;
  private final int blocks;
  private final int size;
  private int rounds;

  private ReplicationPeer(String[] arguments) {
    this.folder = Path.of(arguments[1]);
    this.blocks = Integer.parseInt(arguments[2]);
    this.size = Integer.parseInt(arguments[3]);
  }

  /// Answers every line it reads by one.
  public static void main(String[] arguments) throws Exception {
    ReplicationPeer peer = new ReplicationPeer(arguments);
    ObjectMapper json = new ObjectMapper();
    boolean serves = arguments[0].equals("serve");
    System.out.println(json.writeValueAsString(serves ? peer.serve() : Map.of()));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Map<String, ?> answer =
          serves ? Map.of("cpuSeconds", peer.cpuSeconds()) : peer.fetch(json.readTree(line));
      System.out.println(json.writeValueAsString(answer));
    }
    System.exit(0);
  }

  private double cpuSeconds() {
    return machine.getProcessCpuTime() / 1e9;
  }

  private Map<String, ?> serve() throws Exception {
    Store store = Store.open(world, folder.resolve("store"), StoreLimits.defaults());
    Corestore cores = Corestore.open(world, store, new byte[Corestore.PRIMARY_KEY]);
    Core core = cores.core("bench");
    fill(core);
    Replication replication = Replication.open(world, cores, Access.all());
    Network.Listener listener =
        world.network().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    world.tasks().start("listener", () -> accept(listener, replication));
    return Map.of(
        "key", HexFormat.of().formatHex(core.key()), "port", listener.address().getPort());
  }

  private void fill(Core core) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    int batch = Math.clamp(BATCH_BYTES / size, 1, BATCH_BLOCKS);
    Deque<Append> appends = new ArrayDeque<>();
    for (int done = 0; done < blocks; done += batch) {
      List<byte[]> some = new ArrayList<>();
      for (int each = done; each < Math.min(done + batch, blocks); each++) {
        byte[] block = new byte[size];
        random.nextBytes(block);
        some.add(block);
      }
      appends.add(core.append(some));
      if (appends.size() == UNDER_WAY) {
        appends.removeFirst().ticket().await(PATIENCE);
      }
    }
    appends.getLast().ticket().await(PATIENCE);
  }

  private void accept(Network.Listener listener, Replication replication) {
    try {
      while (true) {
        Duplex bytes = Duplex.over(listener.accept());
        replication.join(SecretStream.accept(world, bytes, self, StreamOptions.STANDARD));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Forgets what was fetched before the next round, or the disk is soon full.
  private Map<String, ?> fetch(JsonNode where) throws Exception {
    Path place = folder.resolve(String.valueOf(rounds++));
    Map<String, ?> answer = fetch(where, place);
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    return answer;
  }

  /// Measures from before the connection until the last block is here and durable.
  private Map<String, ?> fetch(JsonNode where, Path place) throws Exception {
    try (Store store = Store.open(world, place, StoreLimits.defaults())) {
      Corestore cores = Corestore.open(world, store, new byte[Corestore.PRIMARY_KEY]);
      Core core = cores.remote(HexFormat.of().parseHex(where.get("key").asText()));
      Replication replication = Replication.open(world, cores, Access.all());
      System.gc(); // what the round before left behind is not this one's
      double cpu = cpuSeconds();
      long time = System.nanoTime();
      try (Link link = replication.join(connect(where.get("port").asInt()))) {
        download(replication, core);
        return Map.of(
            "seconds",
            (System.nanoTime() - time) / 1e9,
            "cpuSeconds",
            cpuSeconds() - cpu,
            "peer",
            HexFormat.of().formatHex(link.remotePublicKey()));
      }
    }
  }

  private SecretStream connect(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Duplex bytes = Duplex.over(world.network().connect(address, PATIENCE));
    return SecretStream.initiate(world, bytes, self, StreamOptions.STANDARD);
  }

  private void download(Replication replication, Core core) throws Exception {
    CountDownLatch whole = new CountDownLatch(1);
    Listener listener =
        new Listener() {
          private long stored;

          @Override
          public void stored(long from, long to) {
            stored += to - from;
            if (stored >= blocks) {
              whole.countDown();
            }
          }
        };
    try (Registration _ = core.listen(listener);
        Registration _ = replication.follow(core);
        Registration _ = core.download(0, blocks)) {
      if (!whole.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          || core.replica().contiguous() != blocks) {
        throw new IllegalStateException("blocks are missing");
      }
    }
  }
}
