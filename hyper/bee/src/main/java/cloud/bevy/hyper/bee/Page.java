package cloud.bevy.hyper.bee;

import java.util.Arrays;

/// A node of the B-tree: keys in ascending order and, unless it is a leaf, one child more than
/// keys.
sealed interface Page permits StoredPage, WritePage {
  /// No honest tree is nearly as deep; a tree that is, goes in circles.
  int MAX_DEPTH = 64;

  /// How many keys there are.
  int size();

  /// Which block put the key.
  long keySequence(int index);

  /// The key's bytes. Not to be changed.
  byte[] key(int index, Blocks blocks);

  boolean leaf();

  Page child(int index, Blocks blocks);

  /// Where a key is.
  ///
  /// @return its index, or `-1 - i` where it would belong before key `i`
  static int search(Page page, byte[] key, Blocks blocks) {
    int low = 0;
    int high = page.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(key, page.key(middle, blocks));
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return -1 - low;
  }

  /// Which block put a key into the tree below `root`.
  ///
  /// @return its sequence, or -1 where the key is not in the tree
  static long find(Page root, byte[] key, Blocks blocks) {
    Page page = root;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      int at = search(page, key, blocks);
      if (at >= 0) {
        return page.keySequence(at);
      }
      if (page.leaf()) {
        return -1;
      }
      page = page.child(-1 - at, blocks);
    }
    throw tooDeep();
  }

  static BeeFault tooDeep() {
    return new BeeFault(
        BeeFault.Kind.MALFORMED, "the tree is more than " + MAX_DEPTH + " levels deep");
  }
}
