package cloud.bevy.hyper.bee;

/// Where the blocks of one version of a bee come from.
interface Blocks {
  /// A block by its index in the core.
  ///
  /// @throws BeeFault where it cannot be had
  Block block(long sequence);

  /// The value of an entry whose block is too large to be kept.
  byte[] value(long sequence);

  /// Whether blocks may be elsewhere, so that it is worth saying early which will be read.
  default boolean fetches() {
    return false;
  }

  /// Says that a block will be read soon. Where it is elsewhere it is fetched meanwhile.
  default void expect(long sequence) {}

  /// Says that a block that came from here now holds `bytes` more.
  void grew(Block block, int bytes);
}
