package cloud.bevy.hyper.bee;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tree at a version.
final class TreeView implements BeeView {
  private final CoreBlocks blocks;

  TreeView(CoreBlocks blocks) {
    this.blocks = blocks;
  }

  CoreBlocks blocks() {
    return blocks;
  }

  @Override
  public long version() {
    return Math.max(1, blocks.version());
  }

  @Override
  public Optional<BeeEntry> get(byte[] key) {
    @Nullable StoredPage root = blocks.root();
    long sequence = root == null ? -1 : Page.find(root, key, blocks);
    return sequence < 0 ? Optional.empty() : Optional.of(blocks.entry(sequence));
  }

  @Override
  public BeeCursor range(Range range) {
    return new TreeCursor(blocks, range);
  }

  @Override
  public BeeView sub(byte[] name) {
    return new SubView(this, Sub.prefix(name));
  }
}
