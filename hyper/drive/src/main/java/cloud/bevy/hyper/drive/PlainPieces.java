package cloud.bevy.hyper.drive;

import cloud.bevy.hyper.core.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The blocks of a blob that follow one another.
final class PlainPieces implements Pieces {
  private static final long UNKNOWN = -1;

  private final long end;
  private long next;
  private long skip;

  private PlainPieces(long next, long end, long skip) {
    this.next = next;
    this.end = end;
    this.skip = skip;
  }

  /// @param from how many bytes to leave out, fewer than the blob has
  static PlainPieces of(BlobBlocks blocks, BlobId blob, long from) {
    long end = blob.blockOffset() + blob.blockLength();
    if (from == 0) {
      return new PlainPieces(blob.blockOffset(), end, 0);
    }
    Optional<Place> place = blocks.core().seek(blob.byteOffset() + from);
    if (place.isEmpty()) {
      throw new DriveFault(
          DriveFault.Kind.MISSING, "no byte " + from + " of the blob at " + blob.blockOffset());
    }
    long index = place.get().index();
    if (index < blob.blockOffset() || index >= end) {
      throw BlobBlocks.malformed(blob, "its bytes are not in its blocks");
    }
    return new PlainPieces(index, end, place.get().offset());
  }

  @Override
  public @Nullable Piece next() {
    if (next == end) {
      return null;
    }
    Piece piece = new Piece(next++, skip, UNKNOWN);
    skip = 0;
    return piece;
  }
}
