package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Ticket;
import java.util.List;
import java.util.OptionalLong;

/// Blocks that are to be appended.
///
/// @param at where the core must end before, if that matters
/// @param given what is appended
/// @param behind what must not have failed for them to be stored
record Addition(OptionalLong at, GivenBlocks given, List<Ticket> behind) {
  List<byte[]> blocks() {
    return given.blocks();
  }

  /// The same with other blocks, for a core that ends at `start` before.
  Addition with(OptionalLong start, GivenBlocks others) {
    return new Addition(start, others, behind);
  }
}
