package cloud.bevy.hyper.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All cores of a store. Those that are in use or have changed since the latest checkpoint are
/// awake; of the others only the place of their record in the checkpoint is in memory.
final class Cores {
  private final Ground ground;
  private final Map<CoreId, CoreState> awake = new LinkedHashMap<>();

  /// Cores that could sleep, those that were woken first at the front.
  private final Deque<CoreState> resting = new ArrayDeque<>();

  private Checkpoint checkpoint = Checkpoint.none();
  private long count;

  Cores(Ground ground) {
    this.ground = ground;
  }

  /// Starts from a checkpoint, in which everybody sleeps.
  void start(Checkpoint from) {
    checkpoint = from;
    count = from.directory().size();
  }

  /// How many durable cores there are.
  long count() {
    return count;
  }

  void counted(long more) {
    count += more;
  }

  /// Wakes a core. Called without the lock.
  ///
  /// @return nothing where no core has that name and `create` is false
  @Nullable CoreState wake(CoreId id, boolean create) {
    while (true) {
      Checkpoint from;
      ground.lock.lock();
      try {
        CoreState known = awake.get(id);
        if (known != null) {
          known.used = true;
          return known;
        }
        from = checkpoint;
      } finally {
        ground.lock.unlock();
      }
      try {
        CoreRecord record = record(from, id);
        if (record == null && !create) {
          return null;
        }
        CoreState woken = enter(from, id, record);
        if (woken != null) {
          return woken;
        }
      } catch (StoreFault unreadable) {
        if (isLatest(from)) {
          throw unreadable;
        } // it has been replaced, and perhaps deleted, while it was to be read
      }
    }
  }

  private boolean isLatest(Checkpoint candidate) {
    ground.lock.lock();
    try {
      return candidate.number() == checkpoint.number();
    } finally {
      ground.lock.unlock();
    }
  }

  /// Wakes a core that exists or is about to.
  CoreState woken(CoreId id) {
    return Objects.requireNonNull(wake(id, true), "a core that is created exists");
  }

  /// Wakes a core that exists or is about to, and keeps it awake until [#unpin].
  CoreState pin(CoreId id) {
    while (true) {
      CoreState state = woken(id);
      ground.lock.lock();
      try {
        if (!state.asleep) {
          state.pins++;
          return state;
        }
      } finally {
        ground.lock.unlock();
      }
    }
  }

  /// Lets cores sleep again.
  void unpin(List<CoreState> pinned) {
    ground.lock.lock();
    try {
      for (CoreState state : pinned) {
        state.pins--;
        rest(state);
      }
    } finally {
      ground.lock.unlock();
    }
  }

  /// The cores that are awake.
  List<CoreState> awake() {
    ground.lock.lock();
    try {
      return new ArrayList<>(awake.values());
    } finally {
      ground.lock.unlock();
    }
  }

  /// Writes all cores into a checkpoint, `change` saying how one that is awake will be. Called by
  /// the task that writes; a core that sleeps now may wake meanwhile, but does not change.
  void write(CheckpointWriter into, Change change) throws IOException {
    Map<CoreId, CoreState> states;
    ground.lock.lock();
    try {
      states = new LinkedHashMap<>(awake);
    } finally {
      ground.lock.unlock();
    }
    if (checkpoint.directory().size() > 0) {
      copySleeping(into, states);
    }
    for (CoreState state : states.values()) {
      CoreRecord record = change.of(state);
      if (record != null) {
        into.add(record);
      }
    }
  }

  /// Makes a checkpoint the latest: nobody is dirty any more. Called under the lock.
  void checkpointed(Checkpoint latest) {
    checkpoint = latest;
    for (CoreState state : awake.values()) {
      state.local = 0;
      state.dirty = state.queued != null || state.writing != null;
      rest(state);
    }
    evict();
  }

  /// The names of all cores, also of those that are not durable yet.
  List<CoreId> names() throws IOException {
    while (true) {
      Checkpoint from;
      TreeSet<CoreId> names = new TreeSet<>();
      ground.lock.lock();
      try {
        from = checkpoint;
      } finally {
        ground.lock.unlock();
      }
      try {
        if (from.directory().size() > 0) {
          Checkpoint.open(ground, from.number(), segment -> {}, record -> names.add(record.id()));
        }
      } catch (NoSuchFileException replaced) {
        continue;
      }
      ground.lock.lock();
      try {
        awake.values().stream().filter(s -> !s.exists()).forEach(state -> names.remove(state.id));
        awake.values().stream().filter(CoreState::exists).forEach(state -> names.add(state.id));
        if (from.number() == checkpoint.number()) {
          return new ArrayList<>(names);
        }
      } finally {
        ground.lock.unlock();
      }
    }
  }

  /// How a core that is awake will be in a checkpoint.
  interface Change {
    /// The record; none where the core does not exist.
    @Nullable CoreRecord of(CoreState state);
  }

  private void copySleeping(CheckpointWriter into, Map<CoreId, CoreState> states)
      throws IOException {
    List<IOException> failures = new ArrayList<>();
    Checkpoint.open(
        ground,
        checkpoint.number(),
        segment -> {},
        record -> {
          if (!states.containsKey(record.id()) && failures.isEmpty()) {
            try {
              into.add(record);
            } catch (IOException e) {
              failures.add(e);
            }
          }
        });
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private @Nullable CoreRecord record(Checkpoint from, CoreId id) {
    long[] candidates = from.directory().candidates(id);
    if (candidates.length == 0) {
      return null;
    }
    try (OpenFiles.Use use = ground.files.use(ground.layout.checkpoint(from.number()))) {
      for (long position : candidates) {
        CoreRecord record = Checkpoint.read(use.file(), position, id);
        if (record != null) {
          return record;
        }
      }
      return null;
    } catch (IOException | RuntimeException e) {
      throw new StoreFault(
          StoreFault.Kind.DAMAGED,
          "the core " + id + " cannot be read from checkpoint " + from.number(),
          "the disk may be failing; copy the store's folder, then start again: the checkpoint"
              + " before is used where this one is damaged",
          e);
    }
  }

  private @Nullable CoreState enter(Checkpoint from, CoreId id, @Nullable CoreRecord record) {
    ground.lock.lock();
    try {
      CoreState known = awake.get(id);
      if (known != null || from.number() != checkpoint.number()) {
        return known;
      }
      CoreState state = new CoreState(id, ground.ledger);
      if (record != null) {
        state.load(record);
      }
      state.used = true;
      evict();
      awake.put(id, state);
      rest(state);
      return state;
    } finally {
      ground.lock.unlock();
    }
  }

  private void rest(CoreState state) {
    if (!state.resting) {
      state.resting = true;
      resting.add(state);
    }
  }

  private void evict() {
    for (int looks = 2 * resting.size(); // the second look may evict
        looks > 0 && resting.size() > ground.limits.awakeCores();
        looks--) {
      CoreState state = resting.remove();
      state.resting = false;
      if (!state.canSleep()) {
        continue; // it rests again when it is unpinned, or after the next checkpoint
      }
      if (state.used && looks > 1) {
        state.used = false;
        rest(state);
      } else {
        state.asleep = true;
        awake.remove(state.id);
      }
    }
  }
}
