package cloud.bevy.hyper.core;

import java.util.List;
import java.util.OptionalLong;

/// Blocks that are to be appended.
///
/// @param at where the core must end before, if that matters
/// @param given what is appended
/// @param behind what must not have failed for them to be stored
/// @param left whether the store need not have them before what is appended behind them
record Addition(OptionalLong at, GivenBlocks given, List<Handover> behind, boolean left) {
  /// Blocks that build on nothing but their core.
  static Addition of(OptionalLong at, GivenBlocks given) {
    return new Addition(at, given, List.of(), false);
  }

  List<byte[]> blocks() {
    return given.blocks();
  }

  /// The same with other blocks, for a core that ends at `start` before.
  Addition with(OptionalLong start, GivenBlocks others) {
    return new Addition(start, others, behind, left);
  }
}
