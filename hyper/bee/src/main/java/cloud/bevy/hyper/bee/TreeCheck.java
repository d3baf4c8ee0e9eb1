package cloud.bevy.hyper.bee;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goes through a whole tree and checks what must hold of every node: keys in order and within what
/// the parent leaves open, neither too few nor too many, all leaves equally deep, and each key put
/// by a block that has a value.
final class TreeCheck {
  private static final int MAX_PROBLEMS = 100;
  private static final HexFormat HEX = HexFormat.of();

  private final Blocks blocks;
  private final List<String> problems = new ArrayList<>();
  private long entries;
  private long nodes;
  private int depth;

  TreeCheck(Blocks blocks) {
    this.blocks = blocks;
  }

  /// What lies between two keys, or has no end where there is none.
  private record Between(byte @Nullable [] low, byte @Nullable [] high) {
    Between from(byte @Nullable [] start) {
      return new Between(start, high);
    }

    @Override
    public String toString() {
      return "between " + text(low, "the first") + " and " + text(high, "the last");
    }

    private static String text(byte @Nullable [] key, String none) {
      if (key == null) {
        return none;
      }
      StringBuilder text = new StringBuilder("\"");
      for (byte each : key) {
        boolean plain = each >= ' ' && each < 0x7f && each != '\\' && each != '"';
        text.append(plain ? String.valueOf((char) each) : "\\x" + HEX.toHexDigits(each));
      }
      return text.append('"').toString();
    }

    boolean contains(byte[] key) {
      return (low == null || Arrays.compareUnsigned(low, key) < 0)
          && (high == null || Arrays.compareUnsigned(key, high) < 0);
    }
  }

  BeeCheck check(@Nullable StoredPage root) {
    if (root != null) {
      visit(root, 1, new Between(null, null));
    }
    return new BeeCheck(entries, nodes, depth, problems);
  }

  private void visit(StoredPage page, int level, Between bounds) {
    nodes++;
    entries += page.size();
    checkSize(page, level);
    if (page.leaf()) {
      checkLevel(page, level);
    }
    byte @Nullable [] previous = bounds.low;
    for (int i = 0; i <= page.size() && problems.size() < MAX_PROBLEMS; i++) {
      byte @Nullable [] key =
          i < page.size() ? checkKey(page, i, bounds.from(previous)) : bounds.high;
      if (!page.leaf()) {
        descend(page, i, level, new Between(previous, key == null ? bounds.high : key));
      }
      previous = key == null ? previous : key;
    }
  }

  private void descend(StoredPage page, int index, int level, Between bounds) {
    if (level == Page.MAX_DEPTH) {
      problem(page, "is deeper than any tree");
      return;
    }
    if (page.childSequence(index) > page.blockSequence()) {
      problem(page, "refers to a block that came later");
    }
    try {
      visit(page.child(index, blocks), level + 1, bounds);
    } catch (BeeFault e) {
      problem(
          page, "has a child with all keys " + bounds + ", that cannot be read: " + e.getMessage());
    }
  }

  private byte @Nullable [] checkKey(StoredPage page, int index, Between bounds) {
    try {
      Block block = blocks.block(page.keySequence(index));
      if (block.deletes()) {
        problem(page, "has key " + index + " of a block that deletes");
      }
      byte[] key = page.key(index, blocks);
      if (!Arrays.equals(key, block.key())) {
        problem(page, "remembers key " + index + " as another than its block has");
      }
      if (!bounds.contains(key)) {
        problem(page, "has key " + index + " out of order");
      }
      return key;
    } catch (BeeFault e) {
      problem(page, "has a key " + bounds + ", that cannot be read: " + e.getMessage());
      return null;
    }
  }

  private void checkSize(StoredPage page, int level) {
    if (page.size() > WritePage.MAX_KEYS || (level > 1 && page.size() < WritePage.MIN_KEYS)) {
      problem(page, "has " + page.size() + " keys");
    }
  }

  private void checkLevel(StoredPage page, int level) {
    if (depth == 0) {
      depth = level;
    } else if (depth != level) {
      problem(page, "is a leaf at level " + level + ", others are at " + depth);
    }
  }

  private void problem(StoredPage page, String what) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add("a node of block " + page.blockSequence() + " " + what);
    }
  }
}
