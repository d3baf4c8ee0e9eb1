package cloud.bevy.hyper.bee;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// Goes through a bee's blocks.
final class Changes implements Iterator<BeeChange> {
  private final CoreBlocks blocks;
  private final boolean backwards;
  private long first;
  private long end;
  private long left;

  Changes(CoreBlocks blocks, History history) {
    this.blocks = blocks;
    this.backwards = history.backwards();
    this.first = history.since();
    this.end = Math.min(history.until(), blocks.version());
    this.left = history.limit();
  }

  @Override
  public boolean hasNext() {
    return left > 0 && first < end;
  }

  @Override
  public BeeChange next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the history ends here");
    }
    left--;
    Block block = blocks.block(backwards ? --end : first++);
    BeeChange.Kind kind = block.deletes() ? BeeChange.Kind.DELETE : BeeChange.Kind.PUT;
    return new BeeChange(kind, block.entry(blocks));
  }
}
