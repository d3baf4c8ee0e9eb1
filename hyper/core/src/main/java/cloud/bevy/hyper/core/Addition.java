package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Ticket;
import java.util.List;
import java.util.OptionalLong;

/// Blocks that are to be appended.
///
/// @param at where the core must end before, if that matters
/// @param blocks what is appended
/// @param given whether the core may keep these arrays, or has to copy them
/// @param behind what must not have failed for them to be stored
record Addition(OptionalLong at, List<byte[]> blocks, boolean given, List<Ticket> behind) {
  /// The same with arrays that the core may keep.
  Addition copied() {
    return given
        ? this
        : new Addition(at, blocks.stream().map(byte[]::clone).toList(), true, behind);
  }

  /// The same with what was encrypted for a core that ends at `start` before.
  Addition encrypted(long start, List<byte[]> stored) {
    return new Addition(OptionalLong.of(start), stored, true, behind);
  }
}
