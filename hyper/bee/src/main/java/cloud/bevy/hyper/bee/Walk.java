package cloud.bevy.hyper.bee;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in a tree, moved from key to key and from subtree to subtree, in either direction.
final class Walk {
  private final Blocks blocks;
  private final boolean backwards;
  private final boolean eager;
  private final List<Step> stack = new ArrayList<>();

  /// @param eager whether all of a node will be read, so that what is elsewhere may be fetched
  Walk(Blocks blocks, boolean backwards, boolean eager) {
    this.blocks = blocks;
    this.backwards = backwards;
    this.eager = eager && blocks.fetches();
  }

  /// Where a walk is within a node: `2 * i` is child `i`, `2 * i + 1` is key `i`.
  static final class Step {
    private final Page page;
    private int position;

    Step(Page page, int position) {
      this.page = page;
      this.position = position;
    }

    boolean atKey() {
      return (position & 1) == 1;
    }

    int index() {
      return position >> 1;
    }

    Page page() {
      return page;
    }

    private boolean outside() {
      return position < 0 || position > 2 * page.size();
    }

    private boolean atNothing() {
      return page.leaf() && !atKey();
    }
  }

  /// Goes to where a range begins in the tree below `root`.
  Walk seek(@Nullable Page root, Range.@Nullable Bound start) {
    Page page = root;
    while (page != null) {
      int at = start == null ? -1 : Page.search(page, start.key(), blocks);
      if (start != null && at >= 0) {
        push(page, found(at, start.inclusive()));
        return this;
      }
      int child = start == null ? edge(page) : -1 - at;
      push(page, backwards ? 2 * child - 1 : 2 * child + 1);
      page = page.leaf() ? null : page.child(child, blocks);
    }
    return this;
  }

  private int edge(Page page) {
    return backwards ? page.size() : 0;
  }

  private int found(int key, boolean inclusive) {
    int position = 2 * key + 1;
    if (inclusive) {
      return position;
    }
    return backwards ? position - 1 : position + 1;
  }

  /// What comes next: a key or a subtree, or nothing.
  @Nullable Step peek() {
    while (!stack.isEmpty()) {
      Step top = stack.getLast();
      if (top.outside()) {
        stack.removeLast();
      } else if (top.atNothing()) {
        advance(top);
      } else {
        return top;
      }
    }
    return null;
  }

  /// Moves past the key or the subtree that comes next.
  void skip() {
    advance(stack.getLast());
  }

  /// Moves into the subtree that comes next.
  void enter() {
    Step top = stack.getLast();
    Page child = top.page.child(top.index(), blocks);
    advance(top);
    push(child, backwards ? 2 * child.size() : 0);
  }

  void stop() {
    stack.clear();
  }

  /// The least key behind the subtree that comes next in a forward walk, if there is one.
  byte @Nullable [] bound() {
    for (int i = stack.size() - 1; i >= 0; i--) {
      Step step = stack.get(i);
      if (step.index() < step.page.size()) {
        return step.page.key(step.index(), blocks);
      }
    }
    return null;
  }

  private void advance(Step step) {
    step.position += backwards ? -1 : 1;
  }

  private void push(Page page, int position) {
    if (stack.size() == Page.MAX_DEPTH) {
      throw Page.tooDeep();
    }
    stack.add(new Step(page, position));
    if (eager && page instanceof StoredPage stored) {
      expect(stored, position);
    }
  }

  /// What comes after the next step, in the order in which it will be read.
  private void expect(StoredPage page, int position) {
    int step = backwards ? -1 : 1;
    for (int at = position + step; at >= 0 && at <= 2 * page.size(); at += step) {
      if ((at & 1) == 1) {
        blocks.expect(page.keySequence(at >> 1));
      } else if (!page.leaf()) {
        blocks.expect(page.childSequence(at >> 1));
      }
    }
  }
}
