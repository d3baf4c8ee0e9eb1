package cloud.bevy.hyper.replication;

import cloud.bevy.foundation.base.World;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// What has arrived on one stream and is still to be dealt with: by one task, which exists only
/// while there is something, and takes all that has arrived meanwhile at once. Bounded: who reads
/// the stream waits while there is too much.
final class Intake {
  /// The most bytes that wait.
  static final long MOST_BYTES = 4 << 20;

  /// The most messages that wait.
  static final int MOST_MESSAGES = 1 << 14;

  /// The most messages that are dealt with at once.
  static final int MOST_TAKEN = 2048;

  /// What a message costs beside its bytes.
  private static final int OVERHEAD = 64;

  /// How long the reader waits for room.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final World world;
  private final Work work;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Item> items = new ArrayDeque<>();
  private Set<CoreChannel> woken = new LinkedHashSet<>();
  private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
  private long bytes;
  private boolean running;
  private boolean closed;

  /// A message for a channel.
  record Item(CoreChannel channel, Message message, long bytes) {}

  /// Deals with what has arrived.
  interface Work {
    /// Deals with what has arrived.
    ///
    /// @param woken channels that may have something to say, those of the items included
    void work(List<Item> items, Set<CoreChannel> woken);
  }

  Intake(World world, Work work) {
    this.world = world;
    this.work = work;
  }

  /// Takes a message. Blocks while too much waits.
  ///
  /// @return whether there was room in time
  boolean put(CoreChannel channel, Message message, long size) {
    if (!awaitRoom()) {
      return false;
    }
    lock.lock();
    try {
      bytes += size + OVERHEAD;
      items.add(new Item(channel, message, size + OVERHEAD));
      woken.add(channel);
      if (full() && room.isDone()) {
        room = new CompletableFuture<>();
      }
      startInTurn();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitRoom() {
    CompletableFuture<Void> waiting;
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      waiting = room;
    } finally {
      lock.unlock();
    }
    try {
      if (!waiting.isDone()) {
        world.tasks().await(waiting, PATIENCE);
      }
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Has a channel looked at, soon, whether or not it has something to say. Never blocks.
  void wake(CoreChannel channel) {
    lock.lock();
    try {
      woken.add(channel);
      startInTurn();
    } finally {
      lock.unlock();
    }
  }

  /// Takes nothing more, and lets go who waits for room.
  void close() {
    CompletableFuture<Void> waiting;
    lock.lock();
    try {
      closed = true;
      items.clear();
      woken.clear();
      waiting = room;
    } finally {
      lock.unlock();
    }
    waiting.complete(null);
  }

  private boolean full() {
    return bytes >= MOST_BYTES || items.size() >= MOST_MESSAGES;
  }

  private void startInTurn() {
    if (!running && !closed) {
      running = true;
      world.tasks().start("replication", this::run);
    }
  }

  private void run() {
    boolean more = true;
    boolean ended = false;
    try {
      while (more) {
        more = workOnce();
      }
      ended = true;
    } finally {
      if (!ended) {
        close();
      }
    }
  }

  private boolean workOnce() {
    List<Item> taken = new ArrayList<>();
    Set<CoreChannel> channels;
    CompletableFuture<Void> waiting;
    lock.lock();
    try {
      if (closed || (items.isEmpty() && woken.isEmpty())) {
        running = false;
        return false;
      }
      while (!items.isEmpty() && taken.size() < MOST_TAKEN) {
        Item item = items.removeFirst();
        bytes -= item.bytes();
        taken.add(item);
      }
      channels = woken;
      woken = new LinkedHashSet<>();
      items.forEach(item -> woken.add(item.channel()));
      waiting = full() ? CompletableFuture.completedFuture(null) : room;
    } finally {
      lock.unlock();
    }
    waiting.complete(null);
    work.work(taken, channels);
    return true;
  }
}
