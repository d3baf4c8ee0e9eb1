package cloud.bevy.hyper.bee;

import cloud.bevy.hyper.core.ReadAhead;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// Goes through a bee's blocks.
final class Changes implements Iterator<BeeChange> {
  /// How many blocks of a remote bee are fetched ahead of who reads them.
  private static final int WINDOW = 128;

  private final CoreBlocks blocks;
  private final boolean backwards;
  private final ReadAhead ahead;
  private long expected;
  private long first;
  private long end;
  private long left;

  Changes(CoreBlocks blocks, History history) {
    this.blocks = blocks;
    this.ahead = blocks.ahead();
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
    if (ahead.fetches()) {
      readAhead();
    }
    left--;
    Block block = blocks.block(backwards ? --end : first++);
    BeeChange.Kind kind = block.deletes() ? BeeChange.Kind.DELETE : BeeChange.Kind.PUT;
    return new BeeChange(kind, block.entry(blocks));
  }

  /// Has the blocks fetched that come next, half a window before the last ones are read.
  private void readAhead() {
    if (expected > WINDOW / 2) {
      expected--;
      return;
    }
    long count = Math.min(WINDOW - expected, Math.min(left, end - first) - expected);
    if (count > 0) {
      long from = backwards ? end - expected - count : first + expected;
      ahead.expect(from, from + count);
      expected += count;
    }
    expected = Math.max(0, expected - 1);
  }
}
