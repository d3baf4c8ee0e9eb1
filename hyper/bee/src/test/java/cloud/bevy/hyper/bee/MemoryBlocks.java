package cloud.bevy.hyper.bee;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A bee's blocks in a list: for tests of the tree that need no core.
final class MemoryBlocks implements Blocks, TreeCursor.Source {
  private final List<byte[]> encoded = new ArrayList<>();
  private final Map<Long, Block> decoded = new HashMap<>();

  MemoryBlocks() {
    encoded.add(BeeHeader.PLAIN.write());
  }

  MemoryBlocks(List<byte[]> blocks) {
    encoded.addAll(blocks);
  }

  List<byte[]> encoded() {
    return encoded;
  }

  WriteTree write() {
    WritePage root = encoded.size() < 2 ? WritePage.empty() : WritePage.of(root());
    return new WriteTree(this, root, encoded.size());
  }

  void append(WriteTree tree) {
    encoded.addAll(tree.encode());
  }

  @Override
  public StoredPage root() {
    return encoded.size() < 2 ? null : block(encoded.size() - 1).page(0);
  }

  @Override
  public Blocks blocks() {
    return this;
  }

  @Override
  public BeeEntry entry(long sequence) {
    return block(sequence).entry(this);
  }

  @Override
  public Block block(long sequence) {
    if (sequence < 1 || sequence >= encoded.size()) {
      throw Block.malformed(sequence, "it is not there");
    }
    return decoded.computeIfAbsent(
        sequence, _ -> Block.decode(sequence, ByteBuffer.wrap(encoded.get((int) sequence))));
  }

  @Override
  public byte[] value(long sequence) {
    return Block.decodeValue(sequence, ByteBuffer.wrap(encoded.get((int) sequence)));
  }

  @Override
  public void grew(Block block, int bytes) {}
}
