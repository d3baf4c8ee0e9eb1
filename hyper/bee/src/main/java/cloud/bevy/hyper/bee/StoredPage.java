package cloud.bevy.hyper.bee;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A node as a block has it. Shared by all who read: it never changes, except that it remembers the
/// bytes of keys once they were looked up.
final class StoredPage implements Page {
  /// Longer keys are looked up each time.
  private static final int MAX_REMEMBERED = 1024;

  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(byte[][].class);

  private final Block block;
  private final long[] keys;
  private final long[] children;
  private final byte[] @Nullable [] remembered;

  /// @param keys the sequences of the keys
  /// @param children sequence and offset of each child in turn
  StoredPage(Block block, long[] keys, long[] children) {
    this(block, keys, children, new byte[keys.length][]);
  }

  /// @param remembered the keys' bytes, as far as they are known
  StoredPage(Block block, long[] keys, long[] children, byte[] @Nullable [] remembered) {
    this.block = block;
    this.keys = keys;
    this.children = children;
    this.remembered = remembered;
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public long keySequence(int index) {
    return keys[index];
  }

  @Override
  public byte[] key(int index, Blocks blocks) {
    byte[] known = knownKey(index);
    if (known != null) {
      return known;
    }
    byte[] key = blocks.block(keys[index]).key();
    if (key.length <= MAX_REMEMBERED) {
      ELEMENT.setRelease(remembered, index, key);
      blocks.grew(block, key.length);
    }
    return key;
  }

  /// The key's bytes if they were looked up before.
  byte @Nullable [] knownKey(int index) {
    return (byte[]) ELEMENT.getAcquire(remembered, index);
  }

  @Override
  public boolean leaf() {
    return children.length == 0;
  }

  long childSequence(int index) {
    return children[2 * index];
  }

  int childOffset(int index) {
    return (int) children[2 * index + 1];
  }

  @Override
  public StoredPage child(int index, Blocks blocks) {
    long sequence = childSequence(index);
    Block from = sequence == block.sequence() ? block : blocks.block(sequence);
    return from.page(childOffset(index));
  }

  /// Where the node is written, to tell nodes of two versions apart.
  long blockSequence() {
    return block.sequence();
  }

  int bytes() {
    int size = 96 + 16 * keys.length + 8 * children.length;
    for (int i = 0; i < keys.length; i++) {
      byte[] key = knownKey(i);
      size += key == null ? 0 : key.length;
    }
    return size;
  }
}
