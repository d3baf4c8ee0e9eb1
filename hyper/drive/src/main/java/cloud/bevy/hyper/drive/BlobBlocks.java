package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.FilePart;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Place;
import cloud.bevy.hyper.core.ReadAhead;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.CoreId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// The blocks of a blobs core. Those that are elsewhere are waited for, where somebody has the
/// patience.
///
/// @param core the core
/// @param patience how long to wait for a block; zero where all that is read is here
/// @param ahead fetches what will be read soon
record BlobBlocks(Core core, Duration patience, ReadAhead ahead) {
  static BlobBlocks of(World world, Core core, Duration patience) {
    return new BlobBlocks(core, patience, new ReadAhead(world, core, patience));
  }

  ByteBuffer block(long index) {
    return switch (lookUp(index)) {
      case BlockLookup.Found(ByteBuffer bytes) -> bytes;
      case BlockLookup.Missing _ -> throw missing(name(index));
      case BlockLookup.Corrupt(long _, String reason) ->
          throw new DriveFault(DriveFault.Kind.CORRUPT, name(index) + " is damaged: " + reason);
    };
  }

  /// A block where it stands on the disk.
  Optional<FilePart> part(long index) {
    return core.part(index);
  }

  private BlockLookup lookUp(long index) {
    if (!patience.isPositive()) {
      return core.get(index);
    }
    try {
      return core.read(index, patience);
    } catch (InterruptedException e) {
      throw interrupted(name(index));
    }
  }

  /// Whether these blocks are here.
  boolean has(long first, long count) {
    for (long index = first; index < first + count; index++) {
      if (!core.has(index)) {
        return false;
      }
    }
    return true;
  }

  /// Where a byte of the core is.
  ///
  /// @param guess the block that has it if all are of the usual size: where it is elsewhere it is
  ///   fetched first, because the proof of it most likely tells
  Optional<Place> seek(long offset, long guess) {
    Optional<Place> here = core.seek(offset);
    if (here.isPresent() || !patience.isPositive()) {
      return here;
    }
    lookUp(guess);
    try {
      return core.seek(offset, patience);
    } catch (InterruptedException e) {
      throw interrupted("byte " + offset);
    }
  }

  private static DriveFault interrupted(String what) {
    Thread.currentThread().interrupt();
    return new DriveFault(
        DriveFault.Kind.UNREACHABLE, "interrupted while waiting for " + what + " of the contents");
  }

  /// What is said where something is not here.
  DriveFault missing(String what) {
    return patience.isPositive()
        ? new DriveFault(
            DriveFault.Kind.UNREACHABLE, what + " is not here, and no peer sent it in time")
        : new DriveFault(DriveFault.Kind.MISSING, what + " is not here");
  }

  private String name(long index) {
    return "block " + index + " of core " + CoreId.of(core.discoveryKey());
  }

  static DriveFault malformed(BlobId blob, String reason) {
    return new DriveFault(
        DriveFault.Kind.MALFORMED, "the blob at block " + blob.blockOffset() + ": " + reason);
  }
}
