package cloud.bevy.services.messages;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is known of a client: what it wants to hear of, and what waits for it. Guarded by the lock
/// of [Messages].
final class Session {
  private static final int MOST_IDS = 65_535;

  /// Greater than 0 where the journal knows it.
  final long number;

  final String client;

  /// Seconds that it lasts when its client is gone.
  long lifetime;

  Optional<Will> will = Optional.empty();

  /// When its client went, in milliseconds; 0 while it is there.
  long closed;

  @Nullable Connection connection;
  final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  final Deque<Delivery> waiting = new ArrayDeque<>();

  /// What was sent and not yet acknowledged, by its packet id.
  final Map<Integer, Delivery> told = new LinkedHashMap<>();

  /// What the client is to be told to forget.
  final Deque<Delivery> releases = new ArrayDeque<>();

  /// The packet ids of what came from the client and that it may not use yet.
  final Set<Integer> incoming = new HashSet<>();

  /// The places of what the client has, that the journal does not know of yet.
  final List<Long> done = new ArrayList<>();

  /// Bytes of all that waits, and of that part of it that is in memory.
  long bytes;

  long memory;
  private final Totals totals;
  private int lastId;
  private @Nullable CompletableFuture<Void> room;

  /// What waits in a cloud.
  static final class Totals {
    long entries;
    long bytes;
  }

  Session(Totals totals, long number, String client, long lifetime) {
    this.totals = totals;
    this.number = number;
    this.client = client;
    this.lifetime = lifetime;
  }

  /// Whether the journal knows it.
  boolean journaled() {
    return number > 0;
  }

  /// Whether it outlives its connection, so that what waits for it has to last.
  boolean lasting() {
    return number > 0 && lifetime > 0;
  }

  /// How many messages wait.
  int entries() {
    return waiting.size() + told.size();
  }

  void add(Delivery delivery) {
    bytes += delivery.size;
    totals.bytes += delivery.size;
    totals.entries++;
    memory += delivery.message == null ? 0 : delivery.size;
    waiting.add(delivery);
  }

  /// Forgets the message of something that is over.
  void over(Delivery delivery) {
    bytes -= delivery.size;
    totals.bytes -= delivery.size;
    totals.entries--;
    forget(delivery);
    CompletableFuture<Void> waited = room;
    if (waited != null
        && entries() < MessageLimits.QUEUED / 2
        && memory < MessageLimits.MEMORY / 2
        && bytes < MessageLimits.QUEUED_BYTES / 2) {
      room = null;
      waited.complete(null);
    }
  }

  /// Takes a message out of memory.
  void forget(Delivery delivery) {
    if (delivery.message != null) {
      memory -= delivery.size;
      delivery.message = null;
    }
  }

  /// Completes once half of the room is free, or nobody is there who would make any.
  CompletableFuture<Void> room() {
    if (room == null) {
      room = new CompletableFuture<>();
    }
    return room;
  }

  /// The places of the journal at which what waits is.
  Set<Long> places() {
    return Stream.concat(told.values().stream(), waiting.stream())
        .filter(Delivery::durable)
        .map(each -> each.place)
        .collect(Collectors.toSet());
  }

  /// Takes out what is at a place, which is the first or nearly so.
  Optional<Delivery> take(long place) {
    return take(waiting.iterator(), place).or(() -> take(told.values().iterator(), place));
  }

  private static Optional<Delivery> take(Iterator<Delivery> from, long place) {
    while (from.hasNext()) {
      Delivery each = from.next();
      if (each.place == place) {
        from.remove();
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /// What has a packet id.
  Optional<Delivery> numbered(int packetId) {
    Delivery known = told.get(packetId);
    return known != null
        ? Optional.of(known)
        : waiting.stream().filter(each -> each.packetId == packetId).findFirst();
  }

  /// A packet id that nothing has.
  int nextId() {
    do {
      lastId = lastId == MOST_IDS ? 1 : lastId + 1;
    } while (told.containsKey(lastId) || reserved(lastId));
    return lastId;
  }

  /// Packet ids are given in the order of the queue, so those that are taken come first.
  private boolean reserved(int packetId) {
    for (Delivery each : waiting) {
      if (each.packetId == 0) {
        return false;
      }
      if (each.packetId == packetId) {
        return true;
      }
    }
    return false;
  }

  /// What of the journal was told, and not acknowledged.
  List<Deed.Numbering> underWay() {
    return told.values().stream()
        .filter(Delivery::durable)
        .map(each -> new Deed.Numbering(each.place, each.packetId))
        .toList();
  }

  /// Forgets all that waits.
  void drop() {
    rewind();
    waiting.forEach(this::over);
    waiting.clear();
  }

  /// Has all that was sent sent again to the next connection, before all else. What does not last
  /// is gone.
  void rewind() {
    List<Delivery> again = new ArrayList<>(told.values());
    told.clear();
    releases.clear();
    for (Delivery each : again.reversed()) {
      waiting.addFirst(each);
    }
    CompletableFuture<Void> waited = room;
    room = null;
    if (waited != null) {
      waited.complete(null);
    }
    waiting.removeIf(each -> {
      boolean goes = !each.durable() || each.way.quality() == Quality.AT_MOST_ONCE;
      if (goes) {
        over(each);
      } else {
        forget(each);
      }
      return goes;
    });
  }
}
