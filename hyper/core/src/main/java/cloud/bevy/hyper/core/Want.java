package cloud.bevy.hyper.core;

/// What somebody would like to have of a core whose blocks are elsewhere.
public sealed interface Want {
  /// Blocks, those first that come first.
  ///
  /// @param from the first block
  /// @param to one past the last; [Long#MAX_VALUE] for all that there are and will be
  /// @param urgent whether a reader waits for it: it goes before what is not urgent
  record Blocks(long from, long to, boolean urgent) implements Want {
    /// Checks the order.
    public Blocks {
      if (from < 0 || from >= to) {
        throw new IllegalArgumentException("no blocks: " + from + " to " + to);
      }
    }
  }

  /// The tree nodes that tell which block has a byte: a `seek` request.
  ///
  /// @param bytes how many bytes come before it
  /// @param padding bytes at the start of each block that do not count
  @SuppressWarnings("AvoidCommonTypeNames") // it is what it is called, and stands behind Want only
  record Byte(long bytes, long padding) implements Want {}
}
