package cloud.bevy.hyper.bee;

import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.store.BlockLookup;
import org.jspecify.annotations.Nullable;

/// The durable blocks of a core up to some version, through the machine's cache.
final class CoreBlocks implements Blocks, TreeCursor.Source {
  private final Core core;
  private final NodeCache cache;
  private final NodeCache.Shelf shelf;
  private final long version;

  /// @param version how many blocks there are to be seen, all of them durable
  CoreBlocks(Core core, NodeCache cache, NodeCache.Shelf shelf, long version) {
    this.core = core;
    this.cache = cache;
    this.shelf = shelf;
    this.version = version;
  }

  long version() {
    return version;
  }

  /// The same up to an earlier version.
  CoreBlocks until(long earlier) {
    return new CoreBlocks(core, cache, shelf, earlier);
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
    return block(sequence).entry(this);
  }

  @Override
  public Block block(long sequence) {
    if (sequence < 1 || sequence >= version) {
      throw new BeeFault(
          BeeFault.Kind.MALFORMED, "the tree refers to block " + sequence + " of " + version);
    }
    Block known = cache.find(shelf, sequence);
    if (known == null) {
      known = Block.decode(sequence, load(core, sequence));
      checkFork();
      cache.keep(shelf, known);
    }
    return known;
  }

  @Override
  public byte[] value(long sequence) {
    byte[] value = Block.decodeValue(sequence, load(core, sequence));
    checkFork();
    return value;
  }

  @Override
  public void grew(Block block, int bytes) {
    cache.grew(shelf, block, bytes);
  }

  /// What was read after a truncation may be a later block of the same index.
  private void checkFork() {
    if (core.fork() != shelf.fork()) {
      throw new BeeFault(
          BeeFault.Kind.STALE, "the core was truncated: version " + version + " may be no more");
    }
  }

  static byte[] load(Core core, long sequence) {
    return switch (core.get(sequence)) {
      case BlockLookup.Found found -> found.toArray();
      case BlockLookup.Missing(long index) ->
          throw new BeeFault(BeeFault.Kind.MISSING, "block " + index + " is not here");
      case BlockLookup.Corrupt(long index, String reason) ->
          throw new BeeFault(BeeFault.Kind.CORRUPT, "block " + index + " is damaged: " + reason);
    };
  }
}
