package cloud.bevy.hyper.bee;

import cloud.bevy.hyper.core.Tip;
import cloud.bevy.hyper.store.Ticket;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The blocks that writers have appended and that are not durable yet. They are kept apart from the
/// machine's cache, because an append that fails takes them back and others will have their place.
final class Recent {
  private final NodeCache cache;
  private final ConcurrentMap<Long, Block> blocks = new ConcurrentHashMap<>();
  private Tip tip = new Tip(0, 0, 0);

  Recent(NodeCache cache) {
    this.cache = cache;
  }

  @Nullable Block find(long sequence) {
    return blocks.get(sequence);
  }

  /// Takes notice of where the core ends, before it is written to: if that is not where the last
  /// writer left it, what was appended is no more. In the turn.
  void begin(Tip now) {
    if (!tip.equals(now)) {
      blocks.clear();
    }
  }

  /// Keeps blocks until they are durable, and then gives them to the cache. In the turn.
  void add(Tip now, NodeCache.Shelf shelf, List<Block> added, Ticket ticket) {
    tip = now;
    for (Block block : added) {
      blocks.put(block.sequence(), block);
    }
    ticket
        .stage()
        .whenComplete((done, fault) -> {
          for (Block block : added) {
            blocks.remove(block.sequence(), block);
            if (fault == null) {
              cache.keepWritten(shelf, block);
            }
          }
        });
  }
}
