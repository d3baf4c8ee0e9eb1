package cloud.bevy.hyper.replication;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.CoreFault;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.hyper.core.Replica;
import cloud.bevy.hyper.core.Tip;
import cloud.bevy.hyper.core.Want;
import cloud.bevy.hyper.replication.Message.Sync;
import cloud.bevy.hyper.store.Head;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One core among all peers that have it: who has what, who is asked for what, and who is told
/// what. Its lock is never held over I/O. Exists while a peer is connected or something is wanted;
/// has a timer only while something is wanted, or while it lingers.
final class Exchange {
  /// How long after the last block was wanted the peers are told that nothing is wanted any more.
  static final Duration LINGER = Duration.ofSeconds(20);

  /// How often it is looked whether peers are slow.
  static final Duration TICK = Duration.ofSeconds(1);

  /// How often peers that did not have the core are asked again, while something is wanted of it.
  static final Duration RETRY = Duration.ofSeconds(10);

  private final World world;
  private final Replica replica;
  private final Consumer<Exchange> seek;
  private final Consumer<Exchange> idle;
  private final ReentrantLock lock = new ReentrantLock();
  private final Schedule schedule;
  private final Set<CoreChannel> opening = new LinkedHashSet<>();
  private final Map<Peer, CoreChannel> channels = new LinkedHashMap<>();
  private final Map<CoreChannel, Durable> durable = new LinkedHashMap<>();
  private final List<CompletableFuture<Void>> newest = new ArrayList<>();
  private final List<Consumer<Durable>> watchers = new ArrayList<>();
  private @Nullable Registration listening;
  private Tasks.@Nullable Timer ticking;
  private Tasks.@Nullable Timer lingering;
  private volatile List<CoreChannel> all = List.of();
  private volatile @Nullable CoreFault frozen;
  private boolean downloading;

  /// @param seek opens the core's channel where it is not open
  /// @param idle is told when the exchange may have become of no use
  Exchange(World world, Replica replica, Consumer<Exchange> seek, Consumer<Exchange> idle) {
    this.world = world;
    this.replica = replica;
    this.seek = seek;
    this.idle = idle;
    this.schedule = new Schedule(new ReplicaHere(replica));
    this.frozen = replica.conflict().orElse(null);
  }

  /// What a channel is to tell its peer.
  ///
  /// @param together how many requests to a JavaScript peer go into one batch
  record Decided(
      List<Message> drops,
      Sync sync,
      List<Message> news,
      List<Peer.Order> orders,
      int together,
      boolean close) {}

  Replica replica() {
    return replica;
  }

  Core core() {
    return replica.core();
  }

  // ---- who is there

  /// A channel is being opened: what the peer has is not known yet.
  void opening(CoreChannel channel) {
    locked(() -> {
      opening.add(channel);
      listen();
      renew();
    });
  }

  /// A channel is open.
  void joined(CoreChannel channel) {
    locked(() -> {
      opening.remove(channel);
      channels.put(channel.peer(), channel);
      schedule.joined(channel.peer());
      renew();
    });
  }

  /// A channel is closed, or was refused.
  ///
  /// @param idle whether it may have been closed because nothing was wanted: where something is
  ///   now, another is opened
  void left(CoreChannel channel, boolean idle) {
    locked(() -> {
      opening.remove(channel);
      durable.remove(channel);
      if (channels.remove(channel.peer()) != null) {
        schedule.left(channel.peer());
      }
      renew();
      wakeAll();
      tick();
    });
    if (idle && downloading()) {
      seek.accept(this);
    }
    locked(() -> {
      settle();
      rest();
    });
  }

  private void renew() {
    List<CoreChannel> now = new ArrayList<>(opening);
    now.addAll(channels.values());
    all = List.copyOf(now);
  }

  private void listen() {
    if (listening == null) {
      listening = replica.listen(new ExchangeListener(this));
    }
  }

  /// Gives up what costs something, when nobody is there and nothing is wanted.
  private void rest() {
    if (channels.isEmpty() && opening.isEmpty() && !downloading && watchers.isEmpty()) {
      if (listening != null) {
        listening.close();
        listening = null;
      }
      idle.accept(this);
    }
  }

  /// Whether nothing would be lost with this object.
  boolean unused() {
    return locked(() ->
        channels.isEmpty()
            && opening.isEmpty()
            && !downloading
            && watchers.isEmpty()
            && !schedule.busy());
  }

  // ---- what is wanted here

  void want(Want want) {
    locked(() -> {
      schedule.want(want);
      begin();
    });
  }

  void cancel(Want want) {
    locked(() -> {
      schedule.cancel(want);
      lingerIfDone();
    });
  }

  /// Asks all peers, and completes when they have told their newest length and it is here.
  CompletionStage<Void> newest() {
    CompletableFuture<Void> told = new CompletableFuture<>();
    locked(() -> {
      schedule.newest(1);
      begin();
    });
    seek.accept(this); // only now: a channel for which there is no use is closed at once
    locked(() -> {
      newest.add(told);
      settle();
    });
    return told;
  }

  /// Whether anything is wanted here, or was a moment ago.
  boolean downloading() {
    return locked(() -> downloading);
  }

  private void begin() {
    downloading = true;
    if (lingering != null) {
      lingering.cancel();
      lingering = null;
    }
    wakeAll();
    tick();
  }

  private void lingerIfDone() {
    if (downloading && !schedule.busy() && lingering == null) {
      lingering = world.tasks().after(LINGER, "replication lingers", this::lingered);
    }
  }

  private void lingered() {
    locked(() -> {
      lingering = null;
      downloading = schedule.busy();
      wakeAll();
      rest();
    });
  }

  private void settle() {
    if (!newest.isEmpty() && opening.isEmpty() && schedule.settled()) {
      List<CompletableFuture<Void>> told = List.copyOf(newest);
      newest.clear();
      schedule.newest(-told.size());
      lingerIfDone();
      told.forEach(it -> it.completeAsync(() -> null, run -> world.tasks().start("newest", run)));
    }
  }

  // ---- what peers say

  void heard(CoreChannel channel, Sync sync) {
    locked(() -> {
      channel.peer().heard(sync);
      schedule.has(channel.peer(), 0);
      settle();
    });
  }

  Sync last(CoreChannel channel) {
    return locked(() -> channel.peer().last());
  }

  void bitfield(CoreChannel channel, Message.Bitfield it) {
    locked(() -> {
      channel.peer().presence().insert(it.start(), it.words());
      schedule.has(channel.peer(), it.start());
    });
  }

  void range(CoreChannel channel, Message.Range it) {
    locked(() -> {
      Presence presence = channel.peer().presence();
      if (it.drop()) {
        presence.remove(it.start(), it.start() + it.length());
      } else {
        presence.add(it.start(), it.start() + it.length());
        schedule.has(channel.peer(), it.start());
      }
    });
  }

  void understood(CoreChannel channel) {
    locked(() -> channel.peer().becomeOurs());
  }

  /// The core has two histories. Takes no lock of the exchange.
  void freeze(CoreFault fault) {
    frozen = fault;
    wakeAll();
  }

  /// Why nothing is exchanged any more, if so.
  @Nullable CoreFault frozen() {
    return frozen;
  }

  void suspect(CoreChannel channel) {
    locked(() -> {
      schedule.suspect(channel.peer());
      wakeAll();
      settle();
    });
  }

  /// A peer has nothing to answer a request with.
  void refused(CoreChannel channel, long id) {
    locked(() -> {
      Optional<Asked> asked = schedule.answered(channel.peer(), id);
      asked.ifPresent(it -> {
        channel.peer().failed();
        schedule.refuse(it);
        schedule.lost(it);
      });
      channel.expectNothing();
      wakeAll();
      settle();
    });
  }

  // ---- answers

  /// Does something with the schedule, then has whoever waits for the newest length told.
  <T> T scheduled(Function<Schedule, T> change) {
    return locked(() -> {
      T result = change.apply(schedule);
      settle();
      return result;
    });
  }

  long nanos() {
    return world.time().nanos();
  }

  // ---- what is said to a peer

  /// Decides what the peer is to be told now.
  Decided decide(CoreChannel channel, boolean canUpgrade) {
    long contiguous = replica.contiguous();
    Head head = replica.head();
    Tip tip = replica.tip();
    return locked(() -> {
      Peer peer = channel.peer();
      peer.foresee(tip.length() == 0 ? 0 : tip.byteLength() / tip.length());
      schedule.fill(peer, nanos(), contiguous);
      List<Peer.Order> orders = new ArrayList<>(peer.orders());
      peer.orders().clear();
      tick();
      boolean sameFork = peer.last().fork() == head.fork();
      Sync sync =
          new Sync(
              head.fork(),
              head.length(),
              sameFork ? peer.last().length() : 0,
              canUpgrade,
              true,
              downloading,
              replica.manifest().isPresent(),
              false);
      Announcements announcements = channel.announcements();
      List<Message> drops = announcements.drops();
      List<Message> news =
          announcements.news(
              Math.min(contiguous, head.length()), head.length(), channel.wants(), peer.presence());
      boolean close =
          peer.synced() && !peer.last().downloading() && !downloading && !schedule.busy();
      return new Decided(drops, sync, news, orders, peer.together(), close);
    });
  }

  private void tick() {
    if (ticking == null && schedule.busy()) {
      Duration delay = schedule.waiting() ? TICK : RETRY;
      ticking = world.tasks().after(delay, "replication watches", this::ticked);
    }
  }

  private void ticked() {
    locked(() -> {
      ticking = null;
      schedule.giveUp(nanos());
      wakeAll();
      tick();
      settle();
    });
    seek.accept(this);
  }

  /// Has all channels look whether they have something to say. Takes no lock of the exchange, so
  /// that the store's writer may call it.
  void wakeAll() {
    all.forEach(channel -> channel.link().intake().wake(channel));
  }

  /// Does something with what each peer is to be told, then has it told. Takes no lock of the
  /// exchange either.
  void announce(Consumer<Announcements> change) {
    all.forEach(channel -> change.accept(channel.announcements()));
    wakeAll();
  }

  // ---- how durable it is elsewhere

  void acknowledged(CoreChannel channel, Durable acknowledgement) {
    List<Consumer<Durable>> told =
        locked(() -> {
          durable.put(channel, acknowledgement);
          return List.copyOf(watchers);
        });
    told.forEach(watcher -> watcher.accept(acknowledgement));
  }

  List<Durable> durable() {
    return locked(() -> List.copyOf(durable.values()));
  }

  Registration watch(Consumer<Durable> watcher) {
    locked(() -> watchers.add(watcher));
    return () ->
        locked(() -> {
          watchers.remove(watcher);
          rest();
        });
  }

  private void locked(Runnable body) {
    lock.lock();
    try {
      body.run();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }
}
