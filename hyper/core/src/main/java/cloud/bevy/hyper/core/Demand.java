package cloud.bevy.hyper.core;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Want.Blocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who waits for what of a core, and who can fetch it.
final class Demand {
  private final World world;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Want, Integer> wants = new LinkedHashMap<>();
  private final Map<Long, CompletableFuture<Void>> blocks = new HashMap<>();

  /// The sources that are attached to all cores, by who attached them.
  private final Map<Object, Registration> shared = new HashMap<>();

  /// Replaced, never changed.
  private volatile List<Source> sources = List.of();

  /// Whoever waits for any news at all, if somebody does.
  private CompletableFuture<Void> news = new CompletableFuture<>();

  private volatile boolean waiting;

  Demand(World world) {
    this.world = world;
  }

  /// Whether there is anybody who could fetch something.
  boolean canFetch() {
    return !sources.isEmpty();
  }

  /// Adds a source, which hears of everything that is wanted now.
  Registration attach(Source source) {
    List<Want> now;
    lock.lock();
    try {
      List<Source> more = new ArrayList<>(sources);
      more.add(source);
      sources = List.copyOf(more);
      now = List.copyOf(wants.keySet());
    } finally {
      lock.unlock();
    }
    now.forEach(source::want);
    return once(() -> detach(source));
  }

  /// Adds the source of somebody who attaches one to all cores, unless it is there.
  void attach(Object owner, Source source) {
    Registration attached = attach(source);
    Registration before;
    lock.lock();
    try {
      before = shared.putIfAbsent(owner, attached);
    } finally {
      lock.unlock();
    }
    if (before != null) {
      attached.close();
    }
  }

  /// Takes that source away.
  void release(Object owner) {
    Registration attached;
    lock.lock();
    try {
      attached = shared.remove(owner);
    } finally {
      lock.unlock();
    }
    if (attached != null) {
      attached.close();
    }
  }

  private void detach(Source source) {
    lock.lock();
    try {
      List<Source> fewer = new ArrayList<>(sources);
      fewer.remove(source);
      sources = List.copyOf(fewer);
    } finally {
      lock.unlock();
    }
    wakeAll();
  }

  /// Has something fetched until what is returned is closed.
  Registration want(Want want) {
    List<Source> all;
    lock.lock();
    try {
      all = wants.merge(want, 1, Integer::sum) == 1 ? sources : List.of();
    } finally {
      lock.unlock();
    }
    all.forEach(source -> source.want(want));
    return once(() -> cancel(want));
  }

  private void cancel(Want want) {
    List<Source> all = List.of();
    lock.lock();
    try {
      if (wants.merge(want, -1, Integer::sum) == 0) {
        wants.remove(want);
        all = sources;
      }
    } finally {
      lock.unlock();
    }
    all.forEach(source -> source.cancel(want));
  }

  /// Has a block fetched, and waits.
  ///
  /// @param look looks whether it is there now
  /// @return what was found at last; nothing where nobody can fetch it or the deadline has passed
  <T> @Nullable T block(long index, Supplier<@Nullable T> look, Duration deadline)
      throws InterruptedException {
    return await(new Blocks(index, index + 1, true), () -> arrival(index), look, deadline);
  }

  /// Has the tree nodes fetched that lead to a byte, and waits.
  <T> @Nullable T spot(Want.Byte spot, Supplier<@Nullable T> look, Duration deadline)
      throws InterruptedException {
    return await(spot, this::anything, look, deadline);
  }

  private <T> @Nullable T await(
      Want want,
      Supplier<CompletableFuture<Void>> arrival,
      Supplier<@Nullable T> look,
      Duration deadline)
      throws InterruptedException {
    long since = world.time().nanos();
    try (Registration _ = want(want)) {
      while (true) {
        CompletableFuture<Void> arrived = arrival.get();
        T found = look.get();
        Duration left = deadline.minusNanos(world.time().nanos() - since);
        if (found != null || !canFetch() || left.isNegative() || left.isZero()) {
          return found;
        }
        try {
          world.tasks().await(arrived, left);
        } catch (TimeoutException late) {
          return look.get();
        }
      }
    } finally {
      forget(want);
    }
  }

  /// Waits until every source has said what is newest.
  void newest(Duration deadline) throws InterruptedException, TimeoutException {
    CompletableFuture<?>[] all =
        sources.stream()
            .map(source -> source.newest().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    try {
      world.tasks().await(CompletableFuture.allOf(all), deadline);
    } catch (CompletionException failed) {
      world.log().warning("a source could not say what is newest: " + failed.getCause());
    }
  }

  /// Wakes those who wait for what has arrived.
  void arrived(List<Extent> extents) {
    if (!waiting) {
      return;
    }
    List<CompletableFuture<Void>> woken = new ArrayList<>();
    lock.lock();
    try {
      for (Extent extent : extents) {
        take(extent, woken);
      }
      woken.add(news);
      news = new CompletableFuture<>();
      waiting = !blocks.isEmpty();
    } finally {
      lock.unlock();
    }
    woken.forEach(it -> it.complete(null));
  }

  /// Wakes everybody, to look again.
  void wakeAll() {
    arrived(List.of(new Extent(0, Long.MAX_VALUE)));
  }

  private void take(Extent extent, List<CompletableFuture<Void>> woken) {
    if (extent.to() - extent.from() <= blocks.size()) {
      for (long index = extent.from(); index < extent.to(); index++) {
        CompletableFuture<Void> waiter = blocks.remove(index);
        if (waiter != null) {
          woken.add(waiter);
        }
      }
      return;
    }
    blocks
        .entrySet()
        .removeIf(entry -> {
          boolean here = entry.getKey() >= extent.from() && entry.getKey() < extent.to();
          if (here) {
            woken.add(entry.getValue());
          }
          return here;
        });
  }

  private CompletableFuture<Void> arrival(long index) {
    lock.lock();
    try {
      waiting = true;
      return blocks.computeIfAbsent(index, _ -> new CompletableFuture<>());
    } finally {
      lock.unlock();
    }
  }

  private CompletableFuture<Void> anything() {
    lock.lock();
    try {
      waiting = true;
      return news;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets the waiters of a block that nobody waits for any more.
  private void forget(Want want) {
    lock.lock();
    try {
      if (want instanceof Blocks(long from, long _, boolean _) && !wants.containsKey(want)) {
        blocks.remove(from);
      }
    } finally {
      lock.unlock();
    }
  }

  private static Registration once(Runnable end) {
    return new Registration() {
      private volatile boolean closed;

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          end.run();
        }
      }
    };
  }
}
