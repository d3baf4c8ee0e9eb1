package cloud.bevy.hyper.replication;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.core.Source;
import cloud.bevy.hyper.core.Want;
import cloud.bevy.hyper.store.CoreId;
import cloud.bevy.hyper.stream.MessageStream;
import cloud.bevy.hyper.stream.SecretStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Exchanges the cores of a corestore with peers: npm `corestore`'s replication. Many cores share
/// one stream; each is opened when somebody here wants something of it, or when a peer names it
/// that may see it. Costs nothing while no peer is connected, and of a core nobody asks for,
/// nothing.
public final class Replication {
  private final World world;
  private final Corestore corestore;
  private final Access access;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Link> links = new LinkedHashSet<>();
  private final Map<CoreId, Exchange> exchanges = new HashMap<>();
  private final Map<CoreId, Integer> users = new HashMap<>();

  private Replication(World world, Corestore corestore, Access access) {
    this.world = world;
    this.corestore = corestore;
    this.access = access;
  }

  /// The replication of a corestore.
  ///
  /// @param access which peers may see which cores
  public static Replication open(World world, Corestore corestore, Access access) {
    return new Replication(world, corestore, access);
  }

  /// Exchanges cores with the peer on this stream, from now on until it ends. The stream belongs to
  /// the link from now on.
  public Link join(SecretStream stream) {
    return join(stream, Identity.of(stream));
  }

  /// The same for a stream whose two sides were made known to each other in another way.
  public Link join(MessageStream stream, Identity identity) {
    Link link = new Link(world, this, stream, identity);
    List<Core> known =
        locked(() -> {
          links.add(link);
          return exchanges.values().stream().map(Exchange::core).toList();
        });
    link.start();
    for (Core core : known) {
      using(
          core,
          exchange -> {
            if (exchange.downloading()) {
              link.open(exchange);
            }
            return true;
          });
    }
    return link;
  }

  /// The peers that are connected.
  public List<Link> links() {
    return locked(() -> List.copyOf(links));
  }

  /// Has what a core lacks fetched from peers when it is read, until what is returned is closed.
  public Registration follow(Core core) {
    return core.attach(new Peers(core));
  }

  /// The same for every core of the store, those that are opened later too: readers need not know
  /// that there are peers. A core that nobody reads costs nothing.
  public Registration followAll() {
    return corestore.attach(Peers::new);
  }

  /// How far each connected replica of a core is durable. A peer that is not one of ours never says
  /// so, and is not in the list.
  public List<Durable> durable(Core core) {
    return using(core, Exchange::durable);
  }

  /// Has a watcher told whenever a connected replica has acknowledged that more is durable, until
  /// what is returned is closed. It must be short and must not block.
  public Registration watch(Core core, Consumer<Durable> watcher) {
    return using(core, exchange -> exchange.watch(watcher));
  }

  /// Of how many cores something is kept in memory.
  int exchanging() {
    return locked(exchanges::size);
  }

  Access access() {
    return access;
  }

  void left(Link link) {
    locked(() -> links.remove(link));
  }

  /// A peer has named a core: its channel is opened, if it is here and the peer may see it.
  void requested(Link link, byte[] discoveryKey) {
    if (discoveryKey.length == CoreId.BYTES) {
      corestore
          .discover(discoveryKey)
          .or(() -> access.beyond(discoveryKey))
          .ifPresent(core -> using(core, exchange -> link.openFor(exchange)));
    }
  }

  /// Does something with the exchange of a core, which is kept meanwhile.
  private <T> T using(Core core, Function<Exchange, T> body) {
    CoreId id = CoreId.of(core.discoveryKey());
    Exchange exchange =
        locked(() -> {
          Exchange found = exchanges.computeIfAbsent(id, _ -> exchange(id, core));
          users.merge(id, 1, Integer::sum);
          return found;
        });
    try {
      return body.apply(exchange);
    } finally {
      locked(() -> users.computeIfPresent(id, (_, count) -> count > 1 ? count - 1 : null) == null);
      forgetUnused(id);
    }
  }

  private Exchange exchange(CoreId id, Core core) {
    return new Exchange(world, core.replica(), this::seek, _ -> rested(id));
  }

  /// Called under the exchange's lock: so it is looked at again by a task of its own.
  private void rested(CoreId id) {
    world.tasks().start("replication rests", () -> forgetUnused(id));
  }

  private void forgetUnused(CoreId id) {
    locked(() ->
        !users.containsKey(id)
            && exchanges.computeIfPresent(id, (_, exchange) -> exchange.unused() ? null : exchange)
                == null);
  }

  private void seek(Exchange exchange) {
    links().forEach(link -> link.open(exchange));
  }

  private <T> T locked(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }

  /// All peers, as the source of a core.
  private final class Peers implements Source {
    private final Core core;

    Peers(Core core) {
      this.core = core;
    }

    @Override
    public void want(Want want) {
      using(
          core,
          exchange -> {
            exchange.want(want);
            seek(exchange);
            return true;
          });
    }

    @Override
    public void cancel(Want want) {
      using(
          core,
          exchange -> {
            exchange.cancel(want);
            return true;
          });
    }

    @Override
    public CompletionStage<Void> newest() {
      return using(core, Exchange::newest);
    }
  }
}
