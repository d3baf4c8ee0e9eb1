package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.Want;
import cloud.bevy.hyper.replication.Asked.Purpose;
import cloud.bevy.hyper.replication.Asked.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Decides which peer is asked for what of one core. A state machine: no I/O, no clock and no
/// chance of its own, so that the same events make the same decisions. Guarded by the lock of the
/// core's [Exchange].
final class Schedule {
  /// How many peers may be asked for the same block, one after the other.
  static final int MOST_COPIES = 3;

  /// How many blocks that others are slow with a peer is asked for at a time.
  static final int MOST_COPIED = 64;

  /// After how long a request is given up.
  static final long PATIENCE_NANOS = 30_000_000_000L;

  /// How long a peer may take, beside what is usual, before others are asked too.
  static final long SLOW_NANOS = 200_000_000L;

  /// After how long another peer is asked for a longer tree too.
  static final long UPGRADE_NANOS = 2_000_000_000L;

  /// How many times longer than a faster peer another may take before that one is asked too.
  private static final int SLOW_FACTOR = 4;

  private final Here here;
  private final Claims claims = new Claims();
  private final List<Peer> peers = new ArrayList<>();
  private final Map<Long, List<Asked>> underWay = new HashMap<>();
  private final Map<Want.Byte, Optional<Asked>> seeks = new LinkedHashMap<>();
  private Optional<Asked> upgrade = Optional.empty();
  private Optional<Asked> fork = Optional.empty();
  private boolean following;
  private int newest;
  private long lastId;

  Schedule(Here here) {
    this.here = here;
  }

  /// What the schedule must know of the core here.
  interface Here {
    /// How many blocks are known of, durable or not.
    long length();

    /// The fork.
    long fork();

    /// Whether a block is here, durable or not.
    boolean has(long block);

    /// Whether it is known who may sign the core.
    boolean manifestKnown();

    /// Whether higher forks are followed.
    boolean followsForks();
  }

  List<Peer> peers() {
    return peers;
  }

  /// Whether anything is wanted or under way.
  boolean busy() {
    return !claims.isEmpty() || !seeks.isEmpty() || newest > 0 || waiting();
  }

  /// Whether any answer is waited for.
  boolean waiting() {
    return peers.stream().anyMatch(peer -> !peer.asked().isEmpty());
  }

  void want(Want want) {
    switch (want) {
      case Want.Blocks blocks -> claims.add(blocks);
      case Want.Byte spot -> seeks.putIfAbsent(spot, Optional.empty());
    }
  }

  void cancel(Want want) {
    switch (want) {
      case Want.Blocks blocks -> claims.remove(blocks);
      case Want.Byte spot -> seeks.remove(spot);
    }
  }

  /// The bytes that are sought, and that nobody is asked for now.
  List<Want.Byte> sought() {
    return seeks.entrySet().stream()
        .filter(seek -> seek.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Asks a peer for what leads to a byte.
  void seek(Peer peer, Want.Byte spot, What what, long now) {
    if (peer.room() > 0 && peer.last().fork() == here.fork() && seeks.containsKey(spot)) {
      seeks.put(spot, Optional.of(ask(peer, now, Purpose.DOWNLOAD, what)));
    }
  }

  /// Somebody asks, or asks no more, for the newest length.
  void newest(int change) {
    newest += change;
  }

  /// Whether no peer is known to have more than is here, or to be asked what it has.
  boolean settled() {
    return !following
        && peers.stream()
            .allMatch(peer ->
                peer.suspected()
                    || (peer.synced()
                        && !peer.canGrow(here.fork(), here.length())
                        && !(here.followsForks() && peer.canFork(here.fork()))));
  }

  void joined(Peer peer) {
    peers.add(peer);
  }

  /// A peer has left: what it was asked is asked of others.
  void left(Peer peer) {
    peers.remove(peer);
    new ArrayList<>(peer.asked().values()).forEach(this::lost);
    claims.forget(peer);
    peer.orders().clear();
  }

  /// A peer has told that it has blocks from that one on.
  void has(Peer peer, long from) {
    claims.rewind(peer, from);
  }

  /// The core here follows another fork: nothing that was asked before is of use.
  void forked() {
    following = false;
    fork = Optional.empty();
    claims.rewindAll();
  }

  /// A peer has answered: the request is no longer under way to it, and to be given to [#taken] or
  /// [#lost].
  Optional<Asked> answered(Peer peer, long id) {
    return Optional.ofNullable(peer.asked().remove(id));
  }

  /// What was asked is here.
  void taken(Asked asked) {
    forget(asked);
    if (asked.what().block().isPresent()) {
      long block = asked.what().block().getAsLong();
      List<Asked> copies = underWay.remove(block);
      if (copies != null) {
        copies.forEach(copy -> takeBack(copy));
      }
      claims.asked(block);
    }
  }

  /// What was asked does not come.
  void lost(Asked asked) {
    asked.peer().asked().remove(asked.id());
    forget(asked);
    if (asked.what().block().isPresent()) {
      long block = asked.what().block().getAsLong();
      List<Asked> copies = underWay.get(block);
      if (copies != null) {
        copies.remove(asked);
        if (copies.isEmpty()) {
          underWay.remove(block);
          claims.returned(block);
        }
      }
    }
  }

  private void forget(Asked asked) {
    upgrade = upgrade.filter(it -> it.id() != asked.id());
    fork = fork.filter(it -> it.id() != asked.id());
    if (asked.what().seek().isPresent()) {
      seeks.replaceAll((_, under) -> under.filter(it -> it.id() != asked.id()));
    }
  }

  private void takeBack(Asked copy) {
    if (copy.peer().asked().remove(copy.id()) != null) {
      forget(copy);
      copy.peer().cancelled(copy.id());
    }
  }

  /// Gives up what has been under way for too long.
  void giveUp(long now) {
    for (Peer peer : peers) {
      for (Asked asked : new ArrayList<>(peer.asked().values())) {
        if (now - Math.max(asked.since(), peer.lastAnswer()) < PATIENCE_NANOS) {
          break;
        }
        peer.failed();
        refuse(asked);
        peer.cancelled(asked.id());
        lost(asked);
      }
    }
  }

  /// Nothing more is asked of a peer, and what it was asked is asked of others.
  void suspect(Peer peer) {
    peer.suspect();
    for (Asked asked : new ArrayList<>(peer.asked().values())) {
      peer.cancelled(asked.id());
      lost(asked);
    }
  }

  /// The peer cannot answer, and is not asked the same again before it says something new.
  void refuse(Asked asked) {
    if (asked.purpose() == Purpose.FORK) {
      asked.peer().refuseFork();
    } else if (asked.what().upgrade().isPresent()) {
      asked.peer().refuseLength();
    }
    if (asked.what().block().isPresent()) {
      long block = asked.what().block().getAsLong();
      asked.peer().presence().remove(block, block + 1);
    }
  }

  /// Asks the peer for as much as it may be asked for.
  ///
  /// @param from all blocks below it are here
  void fill(Peer peer, long now, long from) {
    askFork(peer, now);
    if (following || peer.last().fork() != here.fork()) {
      return;
    }
    askUpgrade(peer, now);
    long to = Math.min(here.length(), peer.last().length());
    int room = peer.room();
    while (room > 0) {
      long block = claims.next(peer, from, to, this::open);
      if (block >= to) {
        break;
      }
      ask(peer, now, Purpose.DOWNLOAD, What.block(block));
      room--;
    }
    if (room > 0 && !claims.isEmpty()) {
      claims.want(peer, from, to);
      copySlow(peer, Math.min(room, MOST_COPIED), now);
    }
  }

  private boolean open(long block) {
    return !underWay.containsKey(block) && !here.has(block);
  }

  private void askUpgrade(Peer peer, long now) {
    long length = here.length();
    if (upgrade.filter(it -> it.peer() == peer || now - it.since() < UPGRADE_NANOS).isPresent()
        || !peer.canGrow(here.fork(), length)
        || !(peer.last().remoteLength() == length || peer.presence().contiguous() >= length)
        || !(newest > 0 || !seeks.isEmpty() || claims.beyond(length))) {
      return;
    }
    long block = claims.next(peer, length, peer.last().length(), this::open);
    OptionalLong with =
        block < peer.last().length() ? OptionalLong.of(block) : OptionalLong.empty();
    What what = What.upgrade(length, peer.last().length() - length, with);
    upgrade = Optional.of(ask(peer, now, Purpose.DOWNLOAD, what));
  }

  private void askFork(Peer peer, long now) {
    boolean open = fork.isEmpty() && !following && busy();
    if (open && here.followsForks() && peer.canFork(here.fork())) {
      What what = What.upgrade(0, peer.last().length(), OptionalLong.empty());
      fork = Optional.of(ask(peer, now, Purpose.FORK, what));
    }
  }

  /// Asks the next question on the way to a higher fork.
  void askFork(Peer peer, What what, long now) {
    fork = Optional.of(ask(peer, now, Purpose.FORK, what));
  }

  /// Nothing is asked for while a higher fork is being followed.
  void follow(boolean follow) {
    following = follow;
  }

  private Asked ask(Peer peer, long now, Purpose purpose, What what) {
    boolean manifest = !here.manifestKnown() && peer.last().manifest();
    long id = ++lastId;
    Asked asked = new Asked(id, peer, peer.last().fork(), now, purpose, what, manifest);
    peer.asked().put(id, asked);
    peer.orders().add(new Peer.Order.Ask(asked));
    if (what.block().isPresent()) {
      long block = what.block().getAsLong();
      underWay.computeIfAbsent(block, _ -> new ArrayList<>(1)).add(asked);
      claims.asked(block);
    }
    return asked;
  }

  /// Asks the peer for blocks that others have been slow with.
  private void copySlow(Peer peer, int most, long now) {
    if (peers.size() < 2) {
      return;
    }
    long slow = SLOW_FACTOR * peer.answerNanos() + SLOW_NANOS;
    Set<Long> found = new LinkedHashSet<>();
    for (Peer other : peers) {
      for (Asked asked : other == peer ? List.<Asked>of() : other.asked().values()) {
        if (now - asked.since() < slow || found.size() == most) {
          break;
        }
        if (copyable(asked, peer)) {
          found.add(asked.what().block().getAsLong());
        }
      }
    }
    found.forEach(block -> ask(peer, now, Purpose.DOWNLOAD, What.block(block)));
  }

  private boolean copyable(Asked asked, Peer peer) {
    if (asked.what().block().isEmpty() || asked.what().upgrade().isPresent()) {
      return false;
    }
    long block = asked.what().block().getAsLong();
    List<Asked> copies = underWay.getOrDefault(block, List.of());
    return peer.presence().has(block)
        && block < peer.last().length()
        && !copies.isEmpty()
        && copies.size() < MOST_COPIES
        && copies.stream().noneMatch(it -> it.peer() == peer);
  }
}
