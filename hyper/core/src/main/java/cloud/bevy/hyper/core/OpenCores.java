package cloud.bevy.hyper.core;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.CoreId;
import cloud.bevy.hyper.store.Store;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The cores of a store that somebody holds. There is one object a core, because it alone knows
/// what is appended and not yet in the store; when nobody holds it and nothing is under way, it is
/// garbage.
final class OpenCores {
  private final World world;
  private final Store store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<CoreId, Entry> entries = new HashMap<>();
  private final ReferenceQueue<Core> forgotten = new ReferenceQueue<>();

  /// Who fetches what any core lacks. Replaced, never changed.
  private volatile List<Fetcher> fetching = List.of();

  OpenCores(World world, Store store) {
    this.world = world;
    this.store = store;
  }

  private static final class Entry extends WeakReference<Core> {
    private final CoreId id;

    Entry(CoreId id, Core core, ReferenceQueue<Core> queue) {
      super(core, queue);
      this.id = id;
    }
  }

  /// Somebody who fetches what any core lacks.
  private static final class Fetcher {
    private final Function<Core, Source> sources;

    Fetcher(Function<Core, Source> sources) {
      this.sources = sources;
    }

    void attachTo(Core core) {
      core.demand().attach(this, sources.apply(core));
    }
  }

  /// Has all cores served from elsewhere, those that are opened later too.
  Registration attach(Function<Core, Source> sources) {
    Fetcher own = new Fetcher(sources);
    List<Core> held;
    lock.lock();
    try {
      List<Fetcher> more = new ArrayList<>(fetching);
      more.add(own);
      fetching = List.copyOf(more);
      held = held();
    } finally {
      lock.unlock();
    }
    held.forEach(own::attachTo);
    return () -> detach(own);
  }

  private void detach(Fetcher own) {
    List<Core> held;
    lock.lock();
    try {
      List<Fetcher> fewer = new ArrayList<>(fetching);
      fewer.remove(own);
      fetching = List.copyOf(fewer);
      held = held();
    } finally {
      lock.unlock();
    }
    held.forEach(core -> core.demand().release(own));
  }

  private List<Core> held() {
    List<Core> held = new ArrayList<>();
    for (Entry entry : entries.values()) {
      Core core = entry.get();
      if (core != null) {
        held.add(core);
      }
    }
    return held;
  }

  /// The core of that header, in the store or not.
  Core core(CoreHeader header) {
    CoreId id = Identity.idOf(header.key());
    return held(id)
        .orElseGet(() -> hold(id, () -> core(header.key(), Optional.of(header.manifest()))))
        .learn(header.manifest());
  }

  /// The core of that key, in the store or not, whose manifest need not be known.
  Core remote(byte[] key) {
    CoreId id = Identity.idOf(key);
    return find(id).orElseGet(() -> hold(id, () -> core(key, Optional.empty())));
  }

  private Core core(byte[] key, Optional<Manifest> manifest) {
    return new Core(world, store, key, manifest);
  }

  /// The core of that name, if it is in the store or somebody holds it.
  Optional<Core> find(CoreId id) {
    Optional<Core> held = held(id);
    return held.isPresent() ? held : store.find(id).map(stored -> stored(id, stored.header()));
  }

  private Core stored(CoreId id, byte[] bytes) {
    CoreHeader header = CoreHeader.decode(bytes);
    if (!Identity.idOf(header.key()).equals(id)) {
      throw new CoreFault(
          CoreFault.Kind.FOREIGN,
          "core " + id + " has the header of another core",
          "restore the store from a backup");
    }
    return hold(id, () -> core(header.key(), Optional.of(header.manifest())));
  }

  private Optional<Core> held(CoreId id) {
    lock.lock();
    try {
      forget();
      @Nullable Entry entry = entries.get(id);
      return entry == null ? Optional.empty() : Optional.ofNullable(entry.get());
    } finally {
      lock.unlock();
    }
  }

  /// Makes the core unless another task was faster.
  private Core hold(CoreId id, Supplier<Core> make) {
    Core made = make.get();
    List<Fetcher> known = fetching;
    known.forEach(own -> own.attachTo(made));
    List<Fetcher> now;
    lock.lock();
    try {
      @Nullable Entry entry = entries.get(id);
      @Nullable Core first = entry == null ? null : entry.get();
      if (first != null) {
        return first;
      }
      entries.put(id, new Entry(id, made, forgotten));
      now = fetching;
    } finally {
      lock.unlock();
    }
    if (!now.equals(known)) {
      now.forEach(own -> own.attachTo(made));
      known.stream().filter(own -> !now.contains(own)).forEach(made.demand()::release);
    }
    return made;
  }

  private void forget() {
    Reference<? extends Core> gone = forgotten.poll();
    while (gone != null) {
      if (gone instanceof Entry entry) {
        entries.remove(entry.id, entry);
      }
      gone = forgotten.poll();
    }
  }
}
