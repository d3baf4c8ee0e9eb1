package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.core.Place;
import org.jspecify.annotations.Nullable;

/// The blocks of a blob that follow one another.
final class PlainPieces implements Pieces {
  private static final long UNKNOWN = -1;

  /// How many blocks that are elsewhere are fetched together, and one window more ahead.
  private static final int WINDOW = 32;

  private final BlobBlocks blocks;
  private final long end;
  private final long wanted;
  private long next;
  private long expected;
  private long skip;

  private PlainPieces(BlobBlocks blocks, Place start, long end, long wanted) {
    this.blocks = blocks;
    this.next = start.index();
    this.expected = next;
    this.end = end;
    this.wanted = wanted;
    this.skip = start.offset();
  }

  /// @param from how many bytes to leave out, fewer than the blob has
  /// @param length how many bytes will be read
  static PlainPieces of(BlobBlocks blocks, BlobId blob, long from, long length) {
    long end = blob.blockOffset() + blob.blockLength();
    Place start = from == 0 ? new Place(blob.blockOffset(), 0) : seek(blocks, blob, from);
    long usual = Math.max(1, blob.byteLength() / Math.max(1, blob.blockLength()));
    long most = Math.min(length, blob.byteLength()) / usual + 2;
    return new PlainPieces(blocks, start, end, Math.min(end, start.index() + most));
  }

  private static Place seek(BlobBlocks blocks, BlobId blob, long from) {
    long guess =
        blob.blockOffset() + Math.min(blob.blockLength() - 1, from / BlobWriter.BLOCK_BYTES);
    Place place =
        blocks
            .seek(blob.byteOffset() + from, guess)
            .orElseThrow(() ->
                blocks.missing("byte " + from + " of the blob at block " + blob.blockOffset()));
    long index = place.index();
    if (index < blob.blockOffset() || index >= blob.blockOffset() + blob.blockLength()) {
      throw BlobBlocks.malformed(blob, "its bytes are not in its blocks");
    }
    return place;
  }

  @Override
  public @Nullable Piece next() {
    if (next == end) {
      return null;
    }
    if (next == expected && blocks.ahead().fetches()) {
      expected = next + WINDOW;
      blocks.ahead().expect(next, Math.min(wanted, expected + WINDOW));
    }
    Piece piece = new Piece(next++, skip, UNKNOWN);
    skip = 0;
    return piece;
  }
}
