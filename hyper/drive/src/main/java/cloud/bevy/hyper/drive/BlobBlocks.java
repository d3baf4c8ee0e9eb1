package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.store.BlockLookup;
import java.nio.ByteBuffer;

/// The blocks of a blobs core.
///
/// @param core the core
record BlobBlocks(Core core) {
  ByteBuffer block(long index) {
    return switch (core.get(index)) {
      case BlockLookup.Found(ByteBuffer bytes) -> bytes;
      case BlockLookup.Missing _ ->
          throw new DriveFault(DriveFault.Kind.MISSING, "block " + index + " is not here");
      case BlockLookup.Corrupt(long _, String reason) ->
          throw new DriveFault(
              DriveFault.Kind.CORRUPT, "block " + index + " is damaged: " + reason);
    };
  }

  static DriveFault malformed(BlobId blob, String reason) {
    return new DriveFault(
        DriveFault.Kind.MALFORMED, "the blob at block " + blob.blockOffset() + ": " + reason);
  }
}
