package cloud.bevy.hyper.bee;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The decoded blocks of all bees of a machine, as many as fit into a number of bytes. Holds only
/// what is durable. Reading takes no lock.
///
/// What is thrown out is the block that came first and was not used since it was last considered (a
/// clock). Once it is full, a block that was read is taken in only when it is read again before
/// long: whoever goes once through more than fits pushes nothing out, and leaves no garbage. And
/// its value is kept only if it is asked for then: most blocks are looked at for a node or a key. A
/// block's fork is part of its name: what a truncated core was before is not found again and ages
/// out.
public final class NodeCache {
  /// A block that would take more than this part of the cache is not kept.
  private static final int LARGEST_PART = 16;

  private static final int ENTRY_BYTES = 128;

  /// How many blocks are remembered that were read and not taken in.
  private static final int SEEN = 1 << 16;

  private final long capacity;
  private final ConcurrentMap<Name, Entry> entries = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Entry> clock = new ArrayDeque<>();
  private long used;

  /// What was read once, by its hash, since the cache is full; nothing before.
  private volatile int @Nullable [] seen;

  /// @param capacity about how many bytes of memory to use at most
  public NodeCache(long capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("a cache of " + capacity + " bytes");
    }
    this.capacity = capacity;
  }

  /// About how many bytes of memory are in use.
  public long bytes() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }

  /// How many blocks are held.
  public int size() {
    return entries.size();
  }

  /// Forgets everything, to give the memory back.
  public void clear() {
    lock.lock();
    try {
      clock.forEach(entry -> entries.remove(entry.name));
      clock.clear();
      used = 0;
      seen = null;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Block find(Shelf shelf, long sequence) {
    Entry entry = entries.get(new Name(shelf, sequence));
    if (entry == null) {
      return null;
    }
    if (!entry.used) {
      entry.used = true;
    }
    return entry.block;
  }

  /// Keeps a block that was read, unless the cache is full and it was not read before.
  void keepRead(Shelf shelf, Block block) {
    int[] once = seen;
    if (once != null) {
      if (isNew(once, new Name(shelf, block.sequence()).hashCode())) {
        return;
      }
      block.forgetValue();
    }
    keep(shelf, block);
  }

  /// Keeps a block that was written.
  void keepWritten(Shelf shelf, Block block) {
    if (seen != null) {
      block.forgetValue();
    }
    keep(shelf, block);
  }

  /// Whether something is seen for the first time, as far as is remembered. That two tasks do this
  /// at once does no harm.
  private static boolean isNew(int[] once, int name) {
    int hash = name * 0x9E3779B9;
    int place = hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SEEN));
    boolean first = once[place] != hash;
    once[place] = hash;
    return first;
  }

  /// Keeps a block.
  void keep(Shelf shelf, Block block) {
    int bytes = block.bytes() + ENTRY_BYTES;
    if (bytes > capacity / LARGEST_PART) {
      return;
    }
    Entry entry = new Entry(new Name(shelf, block.sequence()), block, bytes);
    lock.lock();
    try {
      if (entries.putIfAbsent(entry.name, entry) == null) {
        clock.addLast(entry);
        used += bytes;
        makeRoom();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Counts what a block has grown by since it was kept.
  void grew(Shelf shelf, Block block, int bytes) {
    lock.lock();
    try {
      Entry entry = entries.get(new Name(shelf, block.sequence()));
      if (entry != null && entry.block == block) {
        entry.bytes += bytes;
        used += bytes;
        makeRoom();
      }
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    if (used > capacity && seen == null) {
      seen = new int[SEEN];
    }
    while (used > capacity) {
      Entry oldest = clock.removeFirst();
      if (oldest.used) {
        oldest.used = false;
        clock.addLast(oldest);
      } else {
        entries.remove(oldest.name);
        used -= oldest.bytes;
      }
    }
  }

  /// Whose blocks: a core, named by its key, at one fork. The same for all who read that core.
  static final class Shelf {
    private final byte[] core;
    private final long fork;
    private final int hash;

    Shelf(byte[] core, long fork) {
      this.core = core;
      this.fork = fork;
      this.hash = 31 * Arrays.hashCode(core) + Long.hashCode(fork);
    }

    long fork() {
      return fork;
    }

    /// The same core's at another fork, or this one.
    Shelf at(long otherFork) {
      return fork == otherFork ? this : new Shelf(core, otherFork);
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Shelf shelf
              && fork == shelf.fork
              && Arrays.equals(core, shelf.core));
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private record Name(Shelf shelf, long sequence) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Name name && sequence == name.sequence && shelf.equals(name.shelf);
    }

    @Override
    public int hashCode() {
      return shelf.hash ^ Long.hashCode(sequence * 0x9E3779B97F4A7C15L);
    }
  }

  /// A block in the cache. `used` is a hint: it may be set while it is being looked at.
  private static final class Entry {
    private final Name name;
    private final Block block;
    private int bytes;
    private volatile boolean used;

    Entry(Name name, Block block, int bytes) {
      this.name = name;
      this.block = block;
      this.bytes = bytes;
    }
  }
}
