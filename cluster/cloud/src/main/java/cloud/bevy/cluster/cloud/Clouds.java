package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.KeyPair;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.replication.Replication;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreStatistics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/// All clouds of a machine. A cloud that nobody uses is a record in the registry and some cores in
/// the store: no object, thread, timer or file is kept for it. It opens on first use, stays open
/// while there is a [Lease] on it, and closes some seconds after the last one has ended.
public final class Clouds implements AutoCloseable {
  private static final int SECRET_BYTES = 32;

  private final World world;
  private final HomeFolder home;
  private final CloudLimits limits;
  private final Store store;
  private final NodeCache cache;
  private final Corestore own;
  private final Durability durability;
  private final Shares shares;
  private final Hosts hosts;
  private final Replication replication;
  private final Registry registry;
  private final AlarmClock alarms;
  private final Companions companions = new Companions();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<CloudKey, OpenCloud> open = new HashMap<>();
  private boolean closed;

  private Clouds(World world, HomeFolder home, CloudLimits limits, Store store) {
    this.world = world;
    this.home = home;
    this.limits = limits;
    this.store = store;
    this.cache = new NodeCache(limits.cacheBytes());
    this.durability = new Durability(limits.durability());
    this.own = Corestore.open(world, store, home.secret());
    Bee records = Bee.on(world, own.core("registry"), cache);
    this.shares = new Shares(Bee.on(world, own.core("shares"), cache));
    this.hosts = new Hosts(Bee.on(world, own.core("hosts"), cache), durability);
    this.replication = Replication.open(world, own, new SharedCores(this::shared));
    Alarms asked = new Alarms(Bee.on(world, own.core("alarms"), cache), durability);
    this.alarms = new AlarmClock(world, asked, this::open);
    this.registry = new Registry(records, new Sealer(world.chance(), home.secret(), "registry"));
  }

  /// Takes a state folder and opens the store in it.
  ///
  /// @throws CloudFault where another process holds the folder, or it is damaged or not ours
  /// @throws cloud.bevy.hyper.store.StoreFault where the store is
  public static Clouds open(World world, Path path, CloudLimits limits) {
    HomeFolder home = HomeFolder.take(world, path);
    try {
      Store store = Store.open(world, home.store(), limits.store());
      return new Clouds(world, home, limits, store);
    } catch (RuntimeException failure) {
      home.close();
      throw failure;
    }
  }

  /// Wakes clouds when they have something to do ([Cloud#wakeBy]) from now on. No timer runs where
  /// none has.
  public void wakeFor(AlarmHandler handler) {
    alarms.start(handler);
  }

  /// Has somebody join what a service holds for an open cloud ([Cloud#attachment]) from now on,
  /// when that is made: another service that follows what happens there.
  ///
  /// @param companion given the cloud and what was made, before anybody uses that; it must not ask
  ///   the cloud for it
  public <T> void accompany(Class<T> type, BiConsumer<Cloud, T> companion) {
    companions.add(type, companion);
  }

  /// Makes a cloud.
  ///
  /// @param name 1 to 63 of `a-z`, `0-9` and `-`, unique on this machine
  public Creation create(String name) {
    Optional<String> refusal = CloudName.refusal(name);
    if (refusal.isPresent()) {
      return new Creation.InvalidName(refusal.get());
    }
    byte[] master = world.chance().bytes(SECRET_BYTES);
    CloudKey key = new CloudKey(corestore(master).keyPair(Cloud.KEY_NAME).publicKey());
    Registration registration = new Registration(key, name, world.time().now(), master);
    return switch (registry.add(registration)) {
      case Registry.Added(var ticket) -> {
        durability.await(ticket);
        yield new Creation.Created(summary(registration));
      }
      case Registry.Taken(var other, var ticket) -> {
        durability.await(ticket);
        yield new Creation.NameTaken(summary(other));
      }
    };
  }

  /// Opens a cloud by its name.
  public Optional<Lease> open(String name) {
    return registry.byName(name).map(this::lease);
  }

  /// Opens a cloud by its key.
  public Optional<Lease> open(CloudKey key) {
    return leaseOpen(key).or(() -> registry.byKey(key).map(this::lease));
  }

  /// Whether a host name leads to a cloud ([Cloud#takeHost]). Opens none.
  ///
  /// @param host in lower case
  public boolean hasHost(String host) {
    return hosts.find(host).isPresent();
  }

  /// Opens the cloud that a host name leads to.
  ///
  /// @param host in lower case
  public Optional<Lease> openForHost(String host) {
    return hosts.find(host).flatMap(record -> open(record.cloud()));
  }

  /// Opens the cloud that holds an access key.
  ///
  /// @return nothing where no cloud of this machine holds it
  public Optional<Lease> openFor(String accessKeyId) {
    Optional<byte[]> prefix = AccessKeyId.cloudPrefix(accessKeyId);
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    for (CloudKey candidate : registry.withPrefix(prefix.get())) {
      Lease lease = open(candidate).orElseThrow();
      if (lease.cloud().accessKey(accessKeyId).isPresent()) {
        return Optional.of(lease);
      }
      lease.close();
    }
    return Optional.empty();
  }

  /// The core of that discovery key, if somebody may read it who knows its key: one of a bee or
  /// drive that was shared ([Cloud#shareBee]). Its cloud is opened only where the core has nothing
  /// on disk yet, and may sleep while the core is read.
  public Optional<Core> shared(byte[] discoveryKey) {
    Optional<Share> share = shares.find(discoveryKey);
    return share.isEmpty()
        ? Optional.empty()
        : own.discover(discoveryKey).or(() -> unwritten(share.get(), discoveryKey));
  }

  private Optional<Core> unwritten(Share share, byte[] discoveryKey) {
    Optional<Lease> open = open(share.cloud());
    if (open.isEmpty()) {
      return Optional.empty();
    }
    try (Lease lease = open.get()) {
      return lease.cloud().cores(share).stream()
          .filter(core -> Arrays.equals(core.discoveryKey(), discoveryKey))
          .findFirst();
    }
  }

  /// The exchange of what is shared with others, and of nothing else. Costs nothing while nobody
  /// has joined it.
  public Replication replication() {
    return replication;
  }

  /// The key pair by which others know this machine.
  public KeyPair machineKey() {
    return own.keyPair("machine");
  }

  /// The clouds in the order of their names.
  ///
  /// @param after only those whose names come later; empty for all
  /// @param most how many at most
  public List<CloudSummary> list(String after, int most) {
    return registry.list(after, most).stream().map(this::summary).toList();
  }

  /// How many clouds are open.
  public int openCount() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  /// What the store holds and does.
  public StoreStatistics statistics() {
    return store.statistics();
  }

  /// Closes all clouds and the store. What is still waiting to become durable, does so first.
  @Override
  public void close() {
    alarms.close();
    List<OpenCloud> ending;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      ending = List.copyOf(open.values());
      open.clear();
    } finally {
      lock.unlock();
    }
    ending.forEach(OpenCloud::close);
    store.close();
    home.close();
  }

  private Lease lease(Registration registration) {
    lock.lock();
    try {
      if (closed) {
        throw new CloudFault(
            CloudFault.Kind.STOPPED, "the machine's clouds are closed", "start bevy again");
      }
      return begin(open.computeIfAbsent(registration.key(), key -> opened(registration)));
    } finally {
      lock.unlock();
    }
  }

  /// A lease on a cloud that is open already, for which nothing needs to be read.
  private Optional<Lease> leaseOpen(CloudKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(open.get(key)).map(this::begin);
    } finally {
      lock.unlock();
    }
  }

  private Lease begin(OpenCloud opened) {
    opened.begin();
    return new Lease(opened.cloud(), () -> end(opened));
  }

  private OpenCloud opened(Registration registration) {
    Corestore cores = corestore(registration.master());
    Sealer sealer = new Sealer(world.chance(), registration.master(), "cloud");
    return new OpenCloud(
        new Cloud(
            new Machine(world, durability, shares, hosts, alarms, companions, this::open),
            registration,
            new Cores(world, cores, cache, sealer)));
  }

  private void end(OpenCloud opened) {
    lock.lock();
    try {
      if (opened.end(world.time().nanos()) && !closed) {
        watch(opened, limits.idle());
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch(OpenCloud opened, Duration delay) {
    world.tasks().after(delay, "cloud-idle", () -> idle(opened));
  }

  private void idle(OpenCloud opened) {
    boolean last;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (opened.used()) {
        opened.unwatched();
        return;
      }
      Duration rest = limits.idle().minusNanos(world.time().nanos() - opened.unusedSince());
      if (rest.isPositive()) {
        watch(opened, rest);
        return;
      }
      open.remove(opened.cloud().key(), opened);
      last = open.isEmpty();
    } finally {
      lock.unlock();
    }
    opened.close();
    if (last) {
      rest();
    }
  }

  /// Nobody uses any cloud: gives back what was needed while somebody did. The heap shrinks only in
  /// a whole collection, which nothing else would cause while the program idles.
  private void rest() {
    cache.clear();
    store.rest();
    System.gc();
  }

  private Corestore corestore(byte[] master) {
    return own.owner(master);
  }

  private CloudSummary summary(Registration registration) {
    lock.lock();
    try {
      boolean isOpen = open.containsKey(registration.key());
      return new CloudSummary(
          registration.key(), registration.name(), registration.created(), isOpen);
    } finally {
      lock.unlock();
    }
  }
}
