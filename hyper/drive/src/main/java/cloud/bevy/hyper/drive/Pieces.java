package cloud.bevy.hyper.drive;

import org.jspecify.annotations.Nullable;

/// The parts of blocks that make up a range of a blob, one after the other.
sealed interface Pieces permits PlainPieces, MappedPieces {
  /// What comes next, or nothing at the blob's end.
  @Nullable Piece next();

  /// A block, or the end of one.
  ///
  /// @param index in the core
  /// @param skip how many bytes to leave out at its beginning
  /// @param size how many bytes the block has, or -1 where that is not said
  record Piece(long index, long skip, long size) {}
}
