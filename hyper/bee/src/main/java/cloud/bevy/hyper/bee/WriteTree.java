package cloud.bevy.hyper.bee;

import java.util.ArrayList;
import java.util.List;

/// The tree while a batch changes it. Each change writes one block; the nodes that it touches are
/// decoded once and changed in place. What the blocks contain in the end is what hyperbee's `Batch`
/// makes of the same changes, byte for byte.
final class WriteTree {
  private static final byte[] NO_INDEX = {};

  /// How many nodes a change usually writes at most.
  private static final int MOST_WRITTEN = 12;

  private final Blocks blocks;
  private final long start;
  private final List<Pending> pending = new ArrayList<>();
  private final List<WritePage> path = new ArrayList<>();
  private WritePage root;

  /// @param start the sequence of the first block to be written
  WriteTree(Blocks blocks, WritePage root, long start) {
    this.blocks = blocks;
    this.root = root;
    this.start = start;
  }

  /// A change that is not committed: its key, its value or nothing for a deletion, and the nodes
  /// that it wrote.
  record Pending(long sequence, byte[] key, byte[] value, boolean deletes, List<Slot> index) {}

  WritePage root() {
    return root;
  }

  List<Pending> pending() {
    return pending;
  }

  /// The sequence of the next block.
  long next() {
    return start + pending.size();
  }

  /// Whether the block is one that this tree has made.
  boolean made(long sequence) {
    return sequence >= start;
  }

  BeeEntry entry(long sequence) {
    Pending made = pending.get((int) (sequence - start));
    return new BeeEntry(sequence, made.key.clone(), made.value.clone());
  }

  /// Gives a key a value.
  void put(byte[] key, byte[] value) {
    Key target = new Key(next(), key);
    int at = descend(key);
    WritePage page = path.removeLast();
    if (at >= 0) {
      page.keys().set(at, target);
      page.change();
      path.forEach(WritePage::change);
    } else {
      path.forEach(WritePage::change);
      insert(page, -1 - at, target);
    }
    append(key, value, false);
  }

  /// Walks down to the node that has the key or else should have it, and leaves the way in `path`.
  private int descend(byte[] key) {
    path.clear();
    WritePage page = root;
    while (path.size() < Page.MAX_DEPTH) {
      path.add(page);
      int at = Page.search(page, key, blocks);
      if (at >= 0 || page.leaf()) {
        return at;
      }
      page = page.child(-1 - at, blocks);
    }
    throw Page.tooDeep();
  }

  private void insert(WritePage leaf, int at, Key target) {
    WritePage page = leaf;
    page.keys().add(at, target);
    page.change();
    while (page.size() > WritePage.MAX_KEYS) {
      WritePage right = page.split();
      Key median = page.keys().removeLast();
      if (path.isEmpty()) {
        root = WritePage.above(page, median, right);
        return;
      }
      WritePage parent = path.removeLast();
      int place = -1 - Page.search(parent, median.bytes(blocks), blocks);
      parent.keys().add(place, median);
      parent.slots().add(place + 1, new Slot(right));
      page = parent;
    }
  }

  /// Takes a key out.
  ///
  /// @return whether it was there; if not, nothing is written
  boolean delete(byte[] key) {
    int at = descend(key);
    if (at < 0) {
      return false;
    }
    WritePage page = path.getLast();
    if (page.leaf()) {
      page.keys().remove(at);
    } else {
      replaceWithNearest(page, at);
    }
    path.forEach(WritePage::change);
    root = rebalance();
    append(key, new byte[0], true);
    return true;
  }

  /// Takes the key's place with its neighbour from the leaf that has more keys to spare.
  private void replaceWithNearest(WritePage page, int at) {
    WritePage left = page.child(at, blocks);
    WritePage right = page.child(at + 1, blocks);
    if (edgeSize(left, false) < edgeSize(right, true)) {
      WritePage leaf = pushEdge(right, true);
      page.keys().set(at, leaf.keys().removeFirst());
    } else {
      WritePage leaf = pushEdge(left, false);
      page.keys().set(at, leaf.keys().removeLast());
    }
  }

  private int edgeSize(WritePage top, boolean first) {
    WritePage page = top;
    for (int depth = 0; !page.leaf(); depth++) {
      checkDepth(depth);
      page = page.child(first ? 0 : page.size(), blocks);
    }
    if (page.size() == 0) {
      throw new BeeFault(BeeFault.Kind.MALFORMED, "the tree has a leaf without keys");
    }
    return page.size();
  }

  private WritePage pushEdge(WritePage top, boolean first) {
    WritePage page = top;
    path.add(page);
    while (!page.leaf()) {
      page = page.child(first ? 0 : page.size(), blocks);
      path.add(page);
    }
    return page;
  }

  private static void checkDepth(int depth) {
    if (depth >= Page.MAX_DEPTH) {
      throw Page.tooDeep();
    }
  }

  /// Fills up nodes that have too few keys, from the leaf at the end of `path` up.
  private WritePage rebalance() {
    WritePage top = path.getFirst();
    while (path.size() > 1) {
      WritePage page = path.removeLast();
      if (page.size() >= WritePage.MIN_KEYS || refill(page, path.getLast())) {
        return top;
      }
    }
    return top.size() == 0 && !top.leaf() ? top.child(0, blocks) : top;
  }

  /// Borrows a key from a sibling, or merges with one.
  ///
  /// @return whether the parent has as many keys as before
  private boolean refill(WritePage page, WritePage parent) {
    int at = indexOf(page, parent);
    WritePage left = at > 0 ? parent.child(at - 1, blocks) : null;
    WritePage right = at < parent.size() ? parent.child(at + 1, blocks) : null;
    if (left != null && left.size() > WritePage.MIN_KEYS) {
      borrowLast(left, page, parent, at - 1);
      return true;
    }
    if (right != null && right.size() > WritePage.MIN_KEYS) {
      borrowFirst(right, page, parent, at);
      return true;
    }
    if (left != null) {
      left.merge(parent.keys().get(at - 1), page);
      remove(parent, at - 1);
    } else if (right != null) {
      page.merge(parent.keys().get(at), right);
      remove(parent, at);
    }
    return false;
  }

  private static int indexOf(WritePage page, WritePage parent) {
    List<Slot> slots = parent.slots();
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).holds(page)) {
        return i;
      }
    }
    throw new IllegalStateException("a node is not among its parent's children");
  }

  private static void borrowLast(WritePage left, WritePage page, WritePage parent, int between) {
    left.change();
    page.keys().addFirst(parent.keys().get(between));
    if (!left.leaf()) {
      page.slots().addFirst(left.slots().removeLast());
    }
    parent.keys().set(between, left.keys().removeLast());
  }

  private static void borrowFirst(WritePage right, WritePage page, WritePage parent, int between) {
    right.change();
    page.keys().addLast(parent.keys().get(between));
    if (!right.leaf()) {
      page.slots().addLast(right.slots().removeFirst());
    }
    parent.keys().set(between, right.keys().removeFirst());
  }

  /// Removes a key and the child after it, which was merged into the one before it.
  private static void remove(WritePage parent, int at) {
    parent.keys().remove(at);
    parent.slots().remove(at + 1).free();
    parent.change();
  }

  private void append(byte[] key, byte[] value, boolean deletes) {
    long sequence = next();
    List<Slot> index = new ArrayList<>(MOST_WRITTEN);
    Slot self = new Slot(root);
    self.place(sequence, root.write(index, sequence, self));
    pending.add(new Pending(sequence, key, value, deletes, index));
  }

  /// Encodes all changes. Only the last block has a root; in the others the nodes that a later
  /// change wrote again are left out, and what remains moves up. Called once, at the end.
  List<byte[]> encode() {
    List<byte[]> encoded = new ArrayList<>(pending.size());
    for (int i = 0; i < pending.size(); i++) {
      Pending change = pending.get(i);
      if (i < pending.size() - 1) {
        pack(change);
      }
      byte[] index = BlockCodec.writeIndex(change.index);
      encoded.add(BlockCodec.write(index, change.key, change.deletes ? null : change.value));
    }
    return encoded;
  }

  /// The blocks as a reader would decode them, without decoding. Called after [#encode].
  List<Block> blocks(List<byte[]> encoded) {
    List<Block> decoded = new ArrayList<>(encoded.size());
    for (int i = 0; i < encoded.size(); i++) {
      Pending change = pending.get(i);
      Block block = new Block(change.sequence, change.key, kept(change, encoded.get(i)), NO_INDEX);
      block.adopt(stored(change.index, block));
      decoded.add(block);
    }
    return decoded;
  }

  private static StoredPage[] stored(List<Slot> index, Block block) {
    StoredPage[] pages = new StoredPage[index.size()];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = index.get(i).loaded().stored(block);
    }
    return pages;
  }

  private static Block.Value kept(Pending change, byte[] encoded) {
    if (change.deletes) {
      return new Block.Value.None();
    }
    return encoded.length > Block.MAX_KEPT
        ? new Block.Value.Elsewhere()
        : new Block.Value.Kept(change.value);
  }

  /// The last node takes the place of one that is gone: the order is hyperbee's.
  private static void pack(Pending change) {
    List<Slot> index = change.index;
    index.getFirst().free();
    int at = 0;
    while (at < index.size()) {
      Slot slot = index.get(at);
      if (slot.sequence() == change.sequence) {
        slot.place(change.sequence, at++);
        continue;
      }
      Slot last = index.removeLast();
      if (at < index.size()) {
        index.set(at, last);
      }
    }
  }
}
