package cloud.bevy.hyper.bee;

import cloud.bevy.hyper.core.Tip;
import cloud.bevy.hyper.store.Head;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The blocks of a core up to what was appended to it, for the one whose turn it is to write. While
/// a truncation is not durable, nothing is: the cache is then left alone.
final class WriterBlocks implements Blocks {
  private final Loader loader;
  private final NodeCache cache;
  private final Recent recent;
  private final NodeCache.Shelf shelf;
  private final long end;
  private final long durable;
  private final Map<Long, Block> own = new HashMap<>();

  WriterBlocks(Loader loader, NodeCache cache, NodeCache.Shelf shelf, Recent recent) {
    Tip tip = loader.core().tip();
    Head head = loader.core().head();
    this.loader = loader;
    this.cache = cache;
    this.recent = recent;
    this.shelf = shelf.at(tip.fork());
    this.end = tip.length();
    this.durable = head.fork() == tip.fork() ? Math.min(head.length(), end) : 0;
    recent.begin(tip);
  }

  long end() {
    return end;
  }

  @Override
  public Block block(long sequence) {
    if (sequence < 1 || sequence >= end) {
      throw new BeeFault(
          BeeFault.Kind.MALFORMED, "the tree refers to block " + sequence + " of " + end);
    }
    Block known = cache.find(shelf, sequence);
    if (known == null) {
      known = recent.find(sequence);
    }
    return known == null ? load(sequence) : known;
  }

  private Block load(long sequence) {
    @Nullable Block known = own.get(sequence);
    if (known != null) {
      return known;
    }
    Block block = Block.decode(sequence, loader.load(sequence));
    own.put(sequence, block);
    if (sequence < durable) {
      cache.keepRead(shelf, block);
    }
    return block;
  }

  @Override
  public byte[] value(long sequence) {
    return Block.decodeValue(sequence, loader.load(sequence));
  }

  @Override
  public void grew(Block block, int bytes) {
    cache.grew(shelf, block, bytes);
  }
}
