package cloud.bevy.hyper.core;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Blocks on their way into a core. They may be hashed before it is their turn, by a task beside:
/// [Core#given(List)].
public final class GivenBlocks {
  private final List<byte[]> blocks;
  private final Kind kind;
  private volatile @Nullable List<byte[]> hashes;

  /// What the core does with them.
  enum Kind {
    /// It keeps the arrays.
    KEPT,
    /// It copies them.
    COPIED,
    /// It encrypts them, once it knows where they will be.
    ENCRYPTED
  }

  GivenBlocks(List<byte[]> blocks, Kind kind) {
    this.blocks = blocks;
    this.kind = kind;
  }

  List<byte[]> blocks() {
    return blocks;
  }

  /// Hashes the blocks now, where what will be stored is known already.
  public void hash() {
    if (kind == Kind.KEPT) {
      hashes = hashed();
    }
  }

  /// The hashes of the blocks as they are.
  List<byte[]> hashes() {
    List<byte[]> known = hashes;
    return known != null ? known : hashed();
  }

  private List<byte[]> hashed() {
    return new TreeHasher().leafHashes(blocks.stream().map(ByteBuffer::wrap).toList());
  }

  /// The same with arrays that the core may keep.
  GivenBlocks kept() {
    return kind != Kind.COPIED
        ? this
        : new GivenBlocks(blocks.stream().map(byte[]::clone).toList(), Kind.KEPT);
  }
}
