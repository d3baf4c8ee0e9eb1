package cloud.bevy.hyper.bee;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a node refers to a child: the place it was last written to, and the child itself once a
/// batch has come by. A slot moves with its child when nodes split and merge, because the block
/// that has the child's bytes finds the child's new offset through it.
final class Slot {
  /// No node is ever written to block 0, the header.
  private static final long NOWHERE = 0;

  private long sequence;
  private int offset;
  private @Nullable WritePage page;

  /// A child that is not loaded.
  Slot(long sequence, int offset) {
    this.sequence = sequence;
    this.offset = offset;
  }

  /// A child that is not written yet.
  Slot(WritePage page) {
    this.page = page;
  }

  long sequence() {
    return sequence;
  }

  int offset() {
    return offset;
  }

  void place(long block, int at) {
    sequence = block;
    offset = at;
  }

  /// Says that nothing refers to the child from here any more.
  void free() {
    sequence = NOWHERE;
  }

  boolean changed() {
    return page != null && page.changed();
  }

  WritePage page(Blocks blocks) {
    WritePage known = page;
    if (known == null) {
      known = WritePage.of(blocks.block(sequence).page(offset));
      page = known;
    }
    return known;
  }

  boolean holds(WritePage other) {
    return page == other;
  }

  WritePage loaded() {
    return Objects.requireNonNull(page, "a node that was written is loaded");
  }
}
