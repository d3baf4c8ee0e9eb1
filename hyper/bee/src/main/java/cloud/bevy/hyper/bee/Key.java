package cloud.bevy.hyper.bee;

import org.jspecify.annotations.Nullable;

/// A key in a node that a batch changes: which block put it and, once they were looked up, its
/// bytes.
final class Key {
  private final long sequence;
  private byte @Nullable [] bytes;

  Key(long sequence, byte @Nullable [] bytes) {
    this.sequence = sequence;
    this.bytes = bytes;
  }

  long sequence() {
    return sequence;
  }

  byte[] bytes(Blocks blocks) {
    byte[] known = bytes;
    if (known == null) {
      known = blocks.block(sequence).key();
      bytes = known;
    }
    return known;
  }

  byte @Nullable [] known() {
    return bytes;
  }
}
