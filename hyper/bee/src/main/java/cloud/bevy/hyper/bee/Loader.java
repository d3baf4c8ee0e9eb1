package cloud.bevy.hyper.bee;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.ReadAhead;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.CoreId;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Loads a core's blocks. Those that are elsewhere are waited for, where somebody has the patience.
///
/// @param patience how long to wait for a block; zero where all that is read is here
/// @param ahead fetches what will be read soon
record Loader(Core core, Duration patience, ReadAhead ahead) {
  static Loader of(World world, Core core, Duration patience) {
    return new Loader(core, patience, new ReadAhead(world, core, patience));
  }

  /// The block's bytes, in an array, to be read only.
  ByteBuffer load(long sequence) {
    return switch (lookUp(sequence)) {
      case BlockLookup.Found(ByteBuffer bytes) when bytes.hasArray() -> bytes;
      case BlockLookup.Found found -> ByteBuffer.wrap(found.toArray());
      case BlockLookup.Missing(long index) -> throw missing(index);
      case BlockLookup.Corrupt(long index, String reason) ->
          throw new BeeFault(BeeFault.Kind.CORRUPT, block(index) + " is damaged: " + reason);
    };
  }

  private BlockLookup lookUp(long sequence) {
    if (!patience.isPositive()) {
      return core.get(sequence);
    }
    try {
      return core.read(sequence, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BeeFault(
          BeeFault.Kind.UNREACHABLE, "interrupted while waiting for " + block(sequence));
    }
  }

  private BeeFault missing(long index) {
    return patience.isPositive()
        ? new BeeFault(
            BeeFault.Kind.UNREACHABLE,
            block(index)
                + " is not here, and no peer sent it within "
                + patience.toMillis()
                + " ms")
        : new BeeFault(BeeFault.Kind.MISSING, block(index) + " is not here");
  }

  private String block(long index) {
    return "block " + index + " of core " + CoreId.of(core.discoveryKey());
  }
}
