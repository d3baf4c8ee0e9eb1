package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Batch;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.StoredCore;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.Encoder;
import cloud.bevy.hyper.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What shows that a core has two signed histories. The store keeps it as a block behind all that a
/// core can have, so that the core is still frozen when it is opened again:
/// docs/formats/core-header.md.
///
/// @param length of the tree that the core here does not have
/// @param theirs the proof of that tree
record Evidence(long length, Proof theirs) {
  /// The number of the block: the highest that the store takes.
  static final long PLACE = 1L << 56;

  static final int VERSION = 1;

  /// Whether a core was frozen, as far as the store's index says.
  static boolean isIn(StoredCore core) {
    return core.has(PLACE);
  }

  /// What the store keeps of it; nothing where that cannot be read.
  static Optional<Evidence> of(StoredCore core) {
    if (core.block(PLACE) instanceof BlockLookup.Found(ByteBuffer bytes)) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      try {
        return Optional.of(Decoder.whole(copy, Evidence::read));
      } catch (MalformedException _) {
        return Optional.empty(); // frozen even so
      }
    }
    return Optional.empty();
  }

  private static Evidence read(Decoder from) throws MalformedException {
    long version = from.uint();
    if (version != VERSION) {
      throw new MalformedException("its version is " + version + ", not " + VERSION);
    }
    return new Evidence(from.uint(), Proof.read(from).proof());
  }

  /// What makes the store keep it.
  Batch batch(StoredCore core) {
    Encoder encoder = new Encoder().uint(VERSION).uint(length);
    byte[] bytes = encoder.raw(theirs.message(0, Optional.empty())).bytes();
    return new Batch().block(core, PLACE, ByteBuffer.wrap(bytes));
  }
}
