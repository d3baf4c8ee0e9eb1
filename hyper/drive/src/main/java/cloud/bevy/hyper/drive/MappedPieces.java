package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.wire.MalformedException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The blocks that a block map lists. One block of the map is in memory at a time.
final class MappedPieces implements Pieces {
  private final BlobBlocks blocks;
  private final BlobId blob;
  private Iterator<BlockMap.Item> items = List.<BlockMap.Item>of().iterator();
  private long read;
  private long skip;

  /// @param from how many bytes to leave out
  MappedPieces(BlobBlocks blocks, BlobId blob, long from) {
    if (blob.blockLength() > BlockMap.MAX_BLOCKS) {
      throw BlobBlocks.malformed(blob, "its block map has " + blob.blockLength() + " blocks");
    }
    this.blocks = blocks;
    this.blob = blob;
    this.skip = from;
  }

  @Override
  public @Nullable Piece next() {
    while (true) {
      while (!items.hasNext()) {
        if (read == blob.blockLength()) {
          return null;
        }
        items = readItems(blob.blockOffset() + read++).iterator();
      }
      BlockMap.Item item = items.next();
      if (skip < item.byteLength()) {
        Piece piece = new Piece(item.index(), skip, item.byteLength());
        skip = 0;
        return piece;
      }
      skip -= item.byteLength();
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
