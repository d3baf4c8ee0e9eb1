package cloud.bevy.hyper.bee;

import java.util.Arrays;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Goes through the entries of a range. Keys that do not come in order are refused, so that no
/// tree, however made, is gone through for ever.
final class TreeCursor implements BeeCursor {
  /// Of shorter ranges nothing is fetched before it is asked for.
  private static final int SHORT = 4;

  private final Source source;
  private final Range range;
  private final Walk walk;
  private long left;
  private boolean begun;
  private byte @Nullable [] last;
  private @Nullable BeeEntry next;

  TreeCursor(Source source, Range range) {
    this.source = source;
    this.range = range;
    this.left = range.limit();
    this.walk = new Walk(source.blocks(), range.backwards(), range.limit() > SHORT);
  }

  /// What a cursor reads from.
  interface Source {
    /// The root, or nothing where nothing was ever put.
    @Nullable Page root();

    Blocks blocks();

    /// The entry that a key's block put.
    BeeEntry entry(long sequence);
  }

  @Override
  public boolean hasNext() {
    if (next == null && left > 0) {
      if (!begun) {
        begun = true;
        walk.seek(source.root(), range.backwards() ? range.upper() : range.lower());
      }
      next = advance();
    }
    return next != null;
  }

  @Override
  public BeeEntry next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("the range ends here");
    }
    BeeEntry entry = next;
    next = null;
    return entry;
  }

  private @Nullable BeeEntry advance() {
    for (Walk.Step step = walk.peek(); step != null; step = walk.peek()) {
      if (!step.atKey()) {
        walk.enter();
        continue;
      }
      BeeEntry entry = source.entry(step.page().keySequence(step.index()));
      walk.skip();
      return accept(entry);
    }
    left = 0;
    return null;
  }

  private @Nullable BeeEntry accept(BeeEntry entry) {
    checkOrder(entry.key());
    Range.Bound end = range.backwards() ? range.lower() : range.upper();
    if (end != null && behind(entry.key(), end)) {
      left = 0;
      walk.stop();
      return null;
    }
    left--;
    return entry;
  }

  private boolean behind(byte[] key, Range.Bound end) {
    int order = Arrays.compareUnsigned(key, end.key());
    if (order == 0) {
      return !end.inclusive();
    }
    return range.backwards() ? order < 0 : order > 0;
  }

  private void checkOrder(byte[] key) {
    if (last != null) {
      int order = Arrays.compareUnsigned(key, last);
      if (range.backwards() ? order >= 0 : order <= 0) {
        throw new BeeFault(BeeFault.Kind.MALFORMED, "the tree's keys are not in order");
      }
    }
    last = key;
  }
}
