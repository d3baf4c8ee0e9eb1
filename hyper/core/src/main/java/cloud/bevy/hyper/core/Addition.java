package cloud.bevy.hyper.core;

import cloud.bevy.hyper.store.Ticket;
import java.util.List;
import java.util.OptionalLong;

/// Blocks that are to be appended.
///
/// @param at where the core must end before, if that matters
/// @param blocks what is appended; the core's own from now on, unless it encrypts them
/// @param behind what must not have failed for them to be stored
record Addition(OptionalLong at, List<byte[]> blocks, List<Ticket> behind) {
  /// The same with other blocks, for a core that must end at `start` before.
  Addition with(long start, List<byte[]> others) {
    return new Addition(OptionalLong.of(start), others, behind);
  }
}
