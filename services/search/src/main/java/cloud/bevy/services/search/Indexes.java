package cloud.bevy.services.search;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudKey;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.extraction.ExtractionLimits;
import cloud.bevy.foundation.extraction.Extractors;
import cloud.bevy.services.tables.TableNews;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The indexes of all clouds of a machine, so that what they need together has a bound: so many are
/// open, and the one that was used the longest ago is closed for another. Nothing is loaded or
/// opened before the first search.
///
/// An index is in `FOLDER/CLOUD/INCARNATION`, that of a bucket in
/// `FOLDER/CLOUD/bucket-INCARNATION`, where it can be deleted while the program does not run.
public final class Indexes {
  /// An index that was used within this time is not closed for one that only follows.
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final World world;
  private final Path folder;
  private final SearchLimits limits;
  private final Extractors extractors;
  private final ReentrantLock lock = new ReentrantLock();

  /// Those that are open, the one that was used the longest ago first.
  private final Map<Path, Place> open = new LinkedHashMap<>();

  private CompletableFuture<Void> changed = new CompletableFuture<>();

  private final Pursuits pursuits;

  /// An open index, how many use it, and whether it is on its way out.
  private static final class Place {
    private final TableIndex index;
    private int users;
    private boolean leaving;

    /// When it was used last, in the world's nanoseconds.
    private long used;

    Place(TableIndex index) {
      this.index = index;
    }
  }

  /// @param folder where the indexes are
  public Indexes(World world, Path folder, SearchLimits limits) {
    this.world = world;
    this.folder = folder;
    this.limits = limits;
    extractors = new Extractors(world, ExtractionLimits.defaults());
    pursuits = new Pursuits(world, limits.pursuits());
  }

  /// What reads the documents of buckets.
  Extractors extractors() {
    return extractors;
  }

  /// The search of a cloud's tables and buckets: always the same object while the cloud is open.
  public Search of(Cloud cloud) {
    Search search = attached(cloud);
    search.sweep();
    return search;
  }

  private Search attached(Cloud cloud) {
    return cloud.attachment(Search.class, opened -> new Search(this, opened));
  }

  /// Has the indexes of a machine's clouds follow by themselves, from the first use of their tables
  /// on and as long as they are open. To be called once, before any is.
  public void followIn(Clouds clouds) {
    clouds.accompany(TableNews.class, (cloud, news) -> attached(cloud).follow(news));
  }

  /// What is done by itself, for all clouds of the machine.
  Pursuits pursuits() {
    return pursuits;
  }

  SearchLimits limits() {
    return limits;
  }

  /// How many indexes are open.
  public int openCount() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  /// Takes an index to use it; it is to be given back.
  ///
  /// @throws SearchRefusal if too many are in use
  TableIndex take(Indexed source) {
    Path path = path(source.cloud().key(), source.folder());
    long deadline = world.time().nanos() + limits.patience().toNanos();
    while (true) {
      Place leaving = null;
      CompletableFuture<Void> change;
      lock.lock();
      try {
        Place place = open.remove(path);
        if (place != null) {
          open.put(path, place);
        }
        boolean another = place != null && !place.index.source().equals(source);
        if (place == null && open.size() < limits.open()) {
          place = new Place(new TableIndex(source, path, limits));
          open.put(path, place);
        }
        if (place != null && !another && !place.leaving) {
          place.users++;
          return place.index;
        }
        leaving = leave(another ? place : place == null ? longestUnused() : null);
        change = changed;
      } finally {
        lock.unlock();
      }
      if (leaving == null) {
        await(change, deadline);
      } else {
        close(leaving, true);
      }
    }
  }

  /// Does a piece of what an index has to follow, if it has. No other index is closed for it that
  /// somebody has just used.
  Pursuit.Outcome pursue(Indexed source, BooleanSupplier enough) {
    Path path = path(source.cloud().key(), source.folder());
    if (!behind(source, path)) {
      return Pursuit.Outcome.DONE;
    }
    Optional<TableIndex> taken = takeIfRoom(source, path);
    if (taken.isEmpty()) {
      return Pursuit.Outcome.LATER;
    }
    try {
      // Who closes the index for good has ended the pursuit before.
      return enough.getAsBoolean() ? Pursuit.Outcome.TAKEN : taken.get().advance(enough);
    } finally {
      release(taken.get());
    }
  }

  private boolean behind(Indexed source, Path path) {
    return opened(source, path)
        .map(TableIndex::behind)
        .orElseGet(() -> {
          long version = source.version();
          long fork = source.fork();
          return IndexFiles.committed(world.disk(), path, source)
              .map(IndexFiles.Committed::progress)
              .filter(known -> known.complete() && known.fork() == fork)
              .filter(known -> known.version() == version)
              .isEmpty();
        });
  }

  private Optional<TableIndex> opened(Indexed source, Path path) {
    lock.lock();
    try {
      return Optional.ofNullable(open.get(path))
          .map(place -> place.index)
          .filter(index -> index.source().equals(source));
    } finally {
      lock.unlock();
    }
  }

  private Optional<TableIndex> takeIfRoom(Indexed source, Path path) {
    for (int attempt = 0; attempt < 2; attempt++) {
      Place leaving;
      lock.lock();
      try {
        Place place = open.get(path);
        boolean another = place != null && !place.index.source().equals(source);
        if (place == null && open.size() < limits.open()) {
          place = new Place(new TableIndex(source, path, limits));
          open.put(path, place);
        }
        if (place != null && !another && !place.leaving) {
          place.users++;
          return Optional.of(place.index);
        }
        leaving = leave(another ? place : place == null ? settled() : null);
      } finally {
        lock.unlock();
      }
      if (leaving == null) {
        break;
      }
      close(leaving, true);
    }
    return Optional.empty();
  }

  private @Nullable Place settled() {
    Place place = longestUnused();
    boolean settled = place != null && world.time().nanos() - place.used > SETTLED.toNanos();
    return settled ? place : null;
  }

  /// How far an index is, without waiting for it.
  SearchStatus status(Indexed source) {
    Path path = path(source.cloud().key(), source.folder());
    long version = source.version();
    return opened(source, path)
        .flatMap(TableIndex::status)
        .or(() ->
            IndexFiles.committed(world.disk(), path, source)
                .map(known -> {
                  long reached = known.progress().complete() ? known.progress().version() : 0;
                  return new SearchStatus(source.definition(), known.items(), reached, version);
                }))
        .orElseGet(() -> new SearchStatus(source.definition(), 0, 0, version));
  }

  private @Nullable Place longestUnused() {
    return open.values().stream()
        .filter(place -> place.users == 0 && !place.leaving)
        .findFirst()
        .orElse(null);
  }

  /// Whether an index can go now: marks it, so that nobody takes it.
  private static @Nullable Place leave(@Nullable Place place) {
    if (place == null || place.leaving || place.users > 0) {
      return null;
    }
    place.leaving = true;
    return place;
  }

  private void close(Place place, boolean keep) {
    try {
      place.index.close(keep);
    } finally {
      change(() -> open.remove(place.index.folder(), place));
    }
  }

  /// Gives an index back.
  void release(TableIndex index) {
    change(() -> {
      Place place = open.get(index.folder());
      if (place != null && place.index == index) {
        place.users--;
        place.used = world.time().nanos();
      }
    });
  }

  private void change(Runnable what) {
    CompletableFuture<Void> before;
    lock.lock();
    try {
      what.run();
      before = changed;
      changed = new CompletableFuture<>();
    } finally {
      lock.unlock();
    }
    before.complete(null);
  }

  private void await(CompletableFuture<Void> change, long deadline) {
    Duration left = Duration.ofNanos(Math.max(1, deadline - world.time().nanos()));
    try {
      world.tasks().await(change, left);
    } catch (TimeoutException late) {
      throw new SearchRefusal(
          SearchRefusal.Kind.REJECTED, "too many indexes are in use: ask again");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SearchRefusal(SearchRefusal.Kind.REJECTED, "the machine stops");
    }
  }

  /// Closes those of a cloud, which goes to sleep.
  void close(Cloud cloud) {
    leaveAll(index -> index.source().cloud() == cloud, true);
  }

  /// Closes those that match and are still there; waits for those who use them.
  private void leaveAll(Predicate<TableIndex> which, boolean keep) {
    long deadline = world.time().nanos() + limits.patience().toNanos();
    while (true) {
      List<Place> leaving = new ArrayList<>();
      boolean more;
      CompletableFuture<Void> change;
      lock.lock();
      try {
        List<Place> found =
            open.values().stream().filter(place -> which.test(place.index)).toList();
        for (Place place : found) {
          if (leave(place) != null) {
            leaving.add(place);
          }
        }
        more = leaving.size() < found.size();
        change = changed;
      } finally {
        lock.unlock();
      }
      leaving.forEach(place -> close(place, keep));
      if (!more) {
        return;
      }
      if (leaving.isEmpty()) {
        await(change, deadline);
      }
    }
  }

  /// Deletes the index of what is no more, or is to have none.
  ///
  /// @param name of the folder that it is in
  void drop(CloudKey cloud, String name) {
    Path path = path(cloud, name);
    leaveAll(index -> index.folder().equals(path), false);
    delete(path);
  }

  /// Deletes the indexes of a cloud that are of none of its tables and buckets.
  ///
  /// @param folders gives those of tables and buckets that have an index: asked when it is known
  ///   which indexes there are, so that none is deleted that is made meanwhile
  void keepOnly(CloudKey cloud, Supplier<Set<String>> folders) {
    Path home = path(cloud);
    try {
      if (world.disk().exists(home)) {
        List<Path> there = world.disk().list(home);
        Set<String> needed = folders.get();
        for (Path name : there) {
          if (!needed.contains(name.toString())) {
            delete(home.resolve(name));
          }
        }
      }
    } catch (IOException failed) {
      world.log().warning("indexes in " + home + " that nobody needs are left: " + failed);
    }
  }

  /// Whether there is anything of a cloud.
  boolean has(CloudKey cloud) {
    return world.disk().exists(path(cloud));
  }

  private void delete(Path path) {
    try {
      DiskDirectory.delete(world.disk(), path);
    } catch (IOException failed) {
      world.log().warning("the index in " + path + " is not needed, but is left: " + failed);
    }
  }

  private Path path(CloudKey cloud) {
    return folder.resolve(cloud.toString());
  }

  private Path path(CloudKey cloud, String name) {
    return path(cloud).resolve(name);
  }
}
