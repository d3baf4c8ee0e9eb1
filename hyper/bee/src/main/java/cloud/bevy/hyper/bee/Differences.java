package cloud.bevy.hyper.bee;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys that two versions of a tree do not agree on, in ascending order. Subtrees that both
/// have are not read.
final class Differences implements Iterator<BeeDifference> {
  private final TreeCursor.Source before;
  private final TreeCursor.Source after;
  private final Range range;
  private final Walk old;
  private final Walk young;
  private long left;
  private @Nullable BeeDifference next;
  private byte @Nullable [] last;

  /// @param range ascending
  Differences(TreeCursor.Source before, TreeCursor.Source after, Range range) {
    this.before = before;
    this.after = after;
    this.range = range;
    this.left = range.limit();
    this.old = new Walk(before.blocks(), false, false).seek(before.root(), range.lower());
    this.young = new Walk(after.blocks(), false, false).seek(after.root(), range.lower());
  }

  @Override
  public boolean hasNext() {
    while (next == null && left > 0) {
      Walk.Step first = old.peek();
      Walk.Step second = young.peek();
      if (first == null && second == null) {
        left = 0;
      } else {
        step(first, second);
      }
    }
    return next != null;
  }

  @Override
  public BeeDifference next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("the differences end here");
    }
    BeeDifference difference = next;
    next = null;
    return difference;
  }

  private void step(Walk.@Nullable Step first, Walk.@Nullable Step second) {
    if (first != null && second != null && same(first, second)) {
      old.skip();
      young.skip();
    } else if (first != null && first.atKey() && second != null && second.atKey()) {
      compare(first, second);
    } else if (!descend(first, second)) {
      accept(
          first == null ? Optional.empty() : Optional.of(take(before, old, first)),
          second == null ? Optional.empty() : Optional.of(take(after, young, second)));
    }
  }

  /// Enters subtrees: of two, the one that reaches further, so that what both have comes to stand
  /// side by side.
  ///
  /// @return whether there was a subtree
  private boolean descend(Walk.@Nullable Step first, Walk.@Nullable Step second) {
    boolean firstTree = first != null && !first.atKey();
    boolean secondTree = second != null && !second.atKey();
    int reach = firstTree && secondTree ? compareBounds(old.bound(), young.bound()) : 0;
    if (firstTree && reach >= 0) {
      old.enter();
    }
    if (secondTree && reach <= 0) {
      young.enter();
    }
    return firstTree || secondTree;
  }

  private void compare(Walk.Step first, Walk.Step second) {
    int order =
        Arrays.compareUnsigned(
            first.page().key(first.index(), before.blocks()),
            second.page().key(second.index(), after.blocks()));
    accept(
        order <= 0 ? Optional.of(take(before, old, first)) : Optional.empty(),
        order >= 0 ? Optional.of(take(after, young, second)) : Optional.empty());
  }

  private void accept(Optional<BeeEntry> older, Optional<BeeEntry> newer) {
    byte[] key = newer.or(() -> older).orElseThrow().key();
    if (last != null && Arrays.compareUnsigned(key, last) <= 0) {
      throw new BeeFault(BeeFault.Kind.MALFORMED, "the tree's keys are not in order");
    }
    last = key;
    Range.Bound end = range.upper();
    int order = end == null ? -1 : Arrays.compareUnsigned(key, end.key());
    if (order > 0 || (order == 0 && end != null && !end.inclusive())) {
      left = 0;
      return;
    }
    left--;
    next = new BeeDifference(older, newer);
  }

  private static BeeEntry take(TreeCursor.Source source, Walk walk, Walk.Step step) {
    BeeEntry entry = source.entry(step.page().keySequence(step.index()));
    walk.skip();
    return entry;
  }

  private static boolean same(Walk.Step first, Walk.Step second) {
    if (first.atKey() != second.atKey()) {
      return false;
    }
    if (first.atKey()) {
      return first.page().keySequence(first.index()) == second.page().keySequence(second.index());
    }
    return first.page() instanceof StoredPage a
        && second.page() instanceof StoredPage b
        && a.childSequence(first.index()) == b.childSequence(second.index())
        && a.childOffset(first.index()) == b.childOffset(second.index());
  }

  private static int compareBounds(byte @Nullable [] first, byte @Nullable [] second) {
    if (first == null || second == null) {
      return Boolean.compare(first == null, second == null);
    }
    return Arrays.compareUnsigned(first, second);
  }
}
