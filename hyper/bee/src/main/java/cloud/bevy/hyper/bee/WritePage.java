package cloud.bevy.hyper.bee;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node of the tree while a batch changes it.
final class WritePage implements Page {
  /// A node with more keys than this is split.
  static final int MAX_KEYS = 8;

  /// A node with fewer keys than this borrows one or is merged, unless it is the root.
  static final int MIN_KEYS = 4;

  private final List<Key> keys;
  private final List<Slot> slots;
  private boolean changed;

  private WritePage(List<Key> keys, List<Slot> slots) {
    this.keys = keys;
    this.slots = slots;
  }

  /// A node without anything.
  static WritePage empty() {
    WritePage page = new WritePage(new ArrayList<>(MAX_KEYS + 1), new ArrayList<>());
    page.changed = true;
    return page;
  }

  /// The root above an old root that was split.
  static WritePage above(WritePage left, Key median, WritePage right) {
    WritePage root = empty();
    root.keys.add(median);
    root.slots.add(new Slot(left));
    root.slots.add(new Slot(right));
    return root;
  }

  /// A node as it was written.
  static WritePage of(StoredPage stored) {
    List<Key> keys = new ArrayList<>(MAX_KEYS + 1);
    for (int i = 0; i < stored.size(); i++) {
      keys.add(new Key(stored.keySequence(i), stored.knownKey(i)));
    }
    List<Slot> slots = new ArrayList<>(stored.leaf() ? 0 : MAX_KEYS + 2);
    for (int i = 0; !stored.leaf() && i <= stored.size(); i++) {
      slots.add(new Slot(stored.childSequence(i), stored.childOffset(i)));
    }
    return new WritePage(keys, slots);
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public long keySequence(int index) {
    return keys.get(index).sequence();
  }

  @Override
  public byte[] key(int index, Blocks blocks) {
    return keys.get(index).bytes(blocks);
  }

  @Override
  public boolean leaf() {
    return slots.isEmpty();
  }

  @Override
  public WritePage child(int index, Blocks blocks) {
    return slots.get(index).page(blocks);
  }

  List<Key> keys() {
    return keys;
  }

  List<Slot> slots() {
    return slots;
  }

  boolean changed() {
    return changed;
  }

  void change() {
    changed = true;
  }

  /// Takes the upper half away.
  ///
  /// @return the upper half; the median is now the last key here, to be taken by the caller
  WritePage split() {
    int half = keys.size() >> 1;
    WritePage right = empty();
    moveTail(keys, keys.size() - half, right.keys);
    if (!leaf()) {
      moveTail(slots, slots.size() - half - 1, right.slots);
    }
    changed = true;
    return right;
  }

  /// Takes the key between this node and the next one, and all that the next one has.
  void merge(Key between, WritePage next) {
    changed = true;
    keys.add(between);
    keys.addAll(next.keys);
    slots.addAll(next.slots);
  }

  /// Writes this node and the changed ones below it as part of block `sequence`, in the order of
  /// hyperbee: a node before its children.
  ///
  /// @return at which offset of the block this node is
  int write(List<Slot> index, long sequence, Slot self) {
    int offset = index.size();
    index.add(self);
    changed = false;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if (slot.changed()) {
        slot.place(sequence, slot.loaded().write(index, sequence, slot));
      }
    }
    return offset;
  }

  /// The node as readers have it.
  StoredPage stored(Block block) {
    long[] sequences = new long[keys.size()];
    byte[] @Nullable [] known = new byte[keys.size()][];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i] = keys.get(i).sequence();
      known[i] = keys.get(i).known();
    }
    long[] children = new long[2 * slots.size()];
    for (int i = 0; i < slots.size(); i++) {
      children[2 * i] = slots.get(i).sequence();
      children[2 * i + 1] = slots.get(i).offset();
    }
    return new StoredPage(block, sequences, children, known);
  }

  private static <T> void moveTail(List<T> from, int start, List<T> to) {
    List<T> tail = from.subList(start, from.size());
    to.addAll(tail);
    tail.clear();
  }

  /// How many bytes the keys' sequences take as varints.
  int keyBytes() {
    int size = 0;
    for (int i = 0; i < keys.size(); i++) {
      size += ProtobufWriter.size(keys.get(i).sequence());
    }
    return size;
  }

  /// How many bytes the children's places take as varints.
  int childBytes() {
    int size = 0;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      size += ProtobufWriter.size(slot.sequence()) + ProtobufWriter.size(slot.offset());
    }
    return size;
  }
}
