package cloud.bevy.hyper.bee;

import cloud.bevy.hyper.core.ReadAhead;
import org.jspecify.annotations.Nullable;

/// The durable blocks of a core up to some version, through the machine's cache.
final class CoreBlocks implements Blocks, TreeCursor.Source {
  private final Loader loader;
  private final NodeCache cache;
  private final NodeCache.Shelf shelf;
  private final long version;

  /// @param version how many blocks there are to be seen, all of them durable
  CoreBlocks(Loader loader, NodeCache cache, NodeCache.Shelf shelf, long version) {
    this.loader = loader;
    this.cache = cache;
    this.shelf = shelf;
    this.version = version;
  }

  long fork() {
    return shelf.fork();
  }

  long version() {
    return version;
  }

  /// The same up to an earlier version.
  CoreBlocks until(long earlier) {
    return new CoreBlocks(loader, cache, shelf, earlier);
  }

  @Override
  public Blocks blocks() {
    return this;
  }

  @Override
  public @Nullable StoredPage root() {
    return version < 2 ? null : block(version - 1).page(0);
  }

  @Override
  public BeeEntry entry(long sequence) {
    Block known = cached(sequence);
    if (known != null) {
      return known.entry(this);
    }
    Block read = read(sequence);
    BeeEntry entry = read.entry(this); // before the cache forgets the value
    cache.keepRead(shelf, read);
    return entry;
  }

  @Override
  public Block block(long sequence) {
    Block known = cached(sequence);
    if (known == null) {
      known = read(sequence);
      cache.keepRead(shelf, known);
    }
    return known;
  }

  private @Nullable Block cached(long sequence) {
    if (sequence < 1 || sequence >= version) {
      throw new BeeFault(
          BeeFault.Kind.MALFORMED, "the tree refers to block " + sequence + " of " + version);
    }
    return cache.find(shelf, sequence);
  }

  private Block read(long sequence) {
    Block block = Block.decode(sequence, loader.load(sequence));
    checkFork();
    return block;
  }

  @Override
  public boolean fetches() {
    return loader.ahead().fetches();
  }

  @Override
  public void expect(long sequence) {
    if (sequence < version && cache.find(shelf, sequence) == null) {
      loader.ahead().expect(sequence);
    }
  }

  ReadAhead ahead() {
    return loader.ahead();
  }

  @Override
  public byte[] value(long sequence) {
    byte[] value = Block.decodeValue(sequence, loader.load(sequence));
    checkFork();
    return value;
  }

  @Override
  public void grew(Block block, int bytes) {
    cache.grew(shelf, block, bytes);
  }

  /// What was read after a truncation may be a later block of the same index.
  private void checkFork() {
    if (loader.core().fork() != shelf.fork()) {
      throw new BeeFault(
          BeeFault.Kind.STALE, "the core was truncated: version " + version + " may be no more");
    }
  }
}
