package cloud.bevy.hyper.bee;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One block of a bee, decoded: the key it put or deleted, its value, and the nodes of the tree
/// that it wrote. The nodes are decoded when the first of them is asked for.
final class Block {
  /// Of larger blocks the value is not kept.
  static final int MAX_KEPT = 4096;

  /// A value of so many bytes is not worth being forgotten.
  private static final int SMALL_VALUE = 128;

  private static final int OVERHEAD = 160;

  private final long sequence;
  private final byte[] key;
  private Value value;
  private final byte[] index;
  private @Nullable Pages pages;

  /// @param index the encoded nodes
  Block(long sequence, byte[] key, Value value, byte[] index) {
    this.sequence = sequence;
    this.key = key;
    this.value = value;
    this.index = index;
  }

  /// Decodes a core's block.
  ///
  /// @param bytes in an array
  static Block decode(long sequence, ByteBuffer bytes) {
    try {
      return BlockCodec.read(sequence, bytes);
    } catch (MalformedException e) {
      throw malformed(sequence, e.getMessage());
    }
  }

  /// The value in a core's block.
  static byte[] decodeValue(long sequence, ByteBuffer bytes) {
    try {
      return BlockCodec.readValue(bytes);
    } catch (MalformedException e) {
      throw malformed(sequence, e.getMessage());
    }
  }

  /// What a block says about its key's value.
  sealed interface Value {
    /// It has none: the key was deleted, or JavaScript put `null`.
    record None() implements Value {}

    /// It is here.
    record Kept(byte[] bytes) implements Value {}

    /// It is in the core's block: too large to be kept here, or not asked for since it was written.
    record Elsewhere() implements Value {}
  }

  long sequence() {
    return sequence;
  }

  /// The key's bytes. Not to be changed.
  byte[] key() {
    return key;
  }

  /// A copy of the value; empty where there is none.
  byte[] value(Blocks blocks) {
    return switch (value) {
      case Value.None() -> new byte[0];
      case Value.Kept(byte[] bytes) -> bytes.clone();
      case Value.Elsewhere() -> fetched(blocks);
    };
  }

  /// Gets the value from the core's block, and keeps it where it is not too large.
  private byte[] fetched(Blocks blocks) {
    byte[] bytes = blocks.value(sequence);
    if (bytes.length > MAX_KEPT) {
      return bytes;
    }
    value = new Value.Kept(bytes);
    blocks.grew(this, bytes.length);
    return bytes.clone();
  }

  /// Gives the memory of the value back until somebody asks for it.
  void forgetValue() {
    if (value instanceof Value.Kept(byte[] bytes) && bytes.length > SMALL_VALUE) {
      value = new Value.Elsewhere();
    }
  }

  BeeEntry entry(Blocks blocks) {
    return new BeeEntry(sequence, key.clone(), value(blocks));
  }

  /// Whether the block took its key out: it has no value, and no node of it holds its own entry.
  boolean deletes() {
    if (!(value instanceof Value.None)) {
      return false;
    }
    for (StoredPage page : pages().list) {
      for (int i = 0; i < page.size(); i++) {
        if (page.keySequence(i) == sequence) {
          return false;
        }
      }
    }
    return true;
  }

  StoredPage page(int offset) {
    StoredPage[] list = pages().list;
    if (offset < 0 || offset >= list.length) {
      throw malformed(sequence, "it has no node " + offset);
    }
    return list[offset];
  }

  /// Takes the nodes from one who has them already.
  void adopt(StoredPage[] list) {
    pages = new Pages(list);
  }

  /// About how much memory this takes.
  int bytes() {
    int size = OVERHEAD + key.length + index.length;
    if (value instanceof Value.Kept(byte[] bytes)) {
      size += bytes.length;
    }
    Pages known = pages;
    if (known != null) {
      for (StoredPage page : known.list) {
        size += page.bytes();
      }
    }
    return size;
  }

  private Pages pages() {
    Pages known = pages;
    if (known == null) {
      try {
        known = new Pages(BlockCodec.readPages(this, index));
      } catch (MalformedException e) {
        throw malformed(sequence, e.getMessage());
      }
      pages = known;
    }
    return known;
  }

  static BeeFault malformed(long sequence, @Nullable String reason) {
    return new BeeFault(
        BeeFault.Kind.MALFORMED, "block " + sequence + " is not a bee's: " + reason);
  }

  /// Two readers may both decode; a record's field makes what either has decoded visible to all.
  private record Pages(StoredPage[] list) {}
}
