package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.wire.MalformedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The blocks that a block map lists. One block of the map is in memory at a time.
final class MappedPieces implements Pieces {
  /// How many blocks that are elsewhere are fetched ahead.
  private static final int WINDOW = 32;

  private final BlobBlocks blocks;
  private final BlobId blob;
  private List<BlockMap.Item> items = List.of();
  private int at;
  private int expected;
  private long read;
  private long skip;
  private long wanted;

  /// @param from how many bytes to leave out
  /// @param length how many bytes will be read
  MappedPieces(BlobBlocks blocks, BlobId blob, long from, long length) {
    if (blob.blockLength() > BlockMap.MAX_BLOCKS) {
      throw BlobBlocks.malformed(blob, "its block map has " + blob.blockLength() + " blocks");
    }
    this.blocks = blocks;
    this.blob = blob;
    this.skip = from;
    this.wanted = length;
  }

  @Override
  public @Nullable Piece next() {
    while (true) {
      while (at == items.size()) {
        if (read == blob.blockLength()) {
          return null;
        }
        items = readItems(blob.blockOffset() + read++);
        at = 0;
        expected = 0;
      }
      BlockMap.Item item = items.get(at++);
      if (skip < item.byteLength()) {
        expect();
        Piece piece = new Piece(item.index(), skip, item.byteLength());
        skip = 0;
        return piece;
      }
      skip -= item.byteLength();
    }
  }

  /// Says which blocks come next, where they may be elsewhere.
  private void expect() {
    if (blocks.ahead().fetches()) {
      expected = Math.max(expected, at);
      while (wanted > 0 && expected < Math.min(items.size(), at + WINDOW)) {
        BlockMap.Item item = items.get(expected++);
        wanted -= item.byteLength();
        blocks.ahead().expect(item.index());
      }
    }
  }

  private List<BlockMap.Item> readItems(long index) {
    var bytes = blocks.block(index);
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    try {
      return BlockMap.read(array);
    } catch (MalformedException e) {
      throw BlobBlocks.malformed(blob, "block " + index + " is no block map: " + e.getMessage());
    }
  }
}
