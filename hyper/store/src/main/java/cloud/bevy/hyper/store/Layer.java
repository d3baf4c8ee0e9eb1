package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one group of batches makes of one core, lying over what is durable (or over the layer of
/// the group before) until the group is durable itself. Guarded by the store's lock.
final class Layer {
  private final LongTable blockAt = new LongTable();
  private final LongTable nodeAt = new LongTable();
  private final List<ByteBuffer> blocks = new ArrayList<>();
  private final List<TreeNode> nodes = new ArrayList<>();
  private final List<Range> cleared = new ArrayList<>();
  private long cut = Long.MAX_VALUE;

  /// The head, where the group sets one.
  @Nullable Head head;

  /// Whether the core was dropped, so that nothing below shows through.
  boolean dropped;

  /// The header, where the core begins in this group.
  byte @Nullable [] header;

  private record Range(long from, long to) {}

  /// What a layer says about a block or node.
  enum Sight {
    HERE,
    HIDDEN,
    BELOW
  }

  void put(long index, ByteBuffer value) {
    blocks.add(value);
    blockAt.put(index, blocks.size());
  }

  void put(TreeNode node) {
    nodes.add(node);
    nodeAt.put(TreeNode.position(node.index()), nodes.size());
  }

  void cut(long length) {
    cut = Math.min(cut, length);
    blockAt.remove(length, Long.MAX_VALUE, gone -> {});
    nodeAt.remove(TreeNode.completedBy(length), Long.MAX_VALUE, gone -> {});
  }

  void clear(long from, long to) {
    cleared.add(new Range(from, to));
    blockAt.remove(from, to, gone -> {});
  }

  void drop() {
    cut(0);
    dropped = true;
    head = null;
    header = null;
  }

  Sight block(long index) {
    if (blockAt.get(index) != 0) {
      return Sight.HERE;
    }
    return index >= cut || isCleared(index) ? Sight.HIDDEN : Sight.BELOW;
  }

  Sight node(long position) {
    if (nodeAt.get(position) != 0) {
      return Sight.HERE;
    }
    boolean hidden = cut != Long.MAX_VALUE && position >= TreeNode.completedBy(cut);
    return hidden ? Sight.HIDDEN : Sight.BELOW;
  }

  /// Changes which blocks from `from` up to but not including `to` there are, as the layer does.
  void overlay(long from, long to, BitSet blocks) {
    if (dropped) {
      blocks.clear();
    }
    clear(new Range(cut, Long.MAX_VALUE), from, to, blocks);
    cleared.forEach(range -> clear(range, from, to, blocks));
    blockAt.keys(from, to, key -> blocks.set((int) (key - from)));
  }

  private static void clear(Range range, long from, long to, BitSet blocks) {
    long first = Math.max(range.from, from);
    long end = Math.min(range.to, to);
    if (first < end) {
      blocks.clear((int) (first - from), (int) (end - from));
    }
  }

  /// The block that is [Sight#HERE].
  ByteBuffer blockHere(long index) {
    return blocks.get((int) blockAt.get(index) - 1);
  }

  /// The node that is [Sight#HERE].
  TreeNode nodeHere(long position) {
    return nodes.get((int) nodeAt.get(position) - 1);
  }

  private boolean isCleared(long index) {
    for (Range range : cleared) {
      if (index >= range.from && index < range.to) {
        return true;
      }
    }
    return false;
  }
}
