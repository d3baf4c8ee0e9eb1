package cloud.bevy.hyper.drive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/// A range of a blob's bytes. Holds one block at a time. For one task at a time.
final class BlobInput extends InputStream {
  /// How much memory is taken at first for a blob that is not all here.
  private static final int FIRST_BYTES = 1 << 20;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final BlobBlocks blocks;
  private final BlobId blob;
  private final Pieces pieces;
  private final Runnable closed;
  private ByteBuffer current = NOTHING;
  private long left;
  private boolean open = true;

  /// @param length how many bytes at most; of a blob without a block map, as many as there are
  /// @param closed is told once
  BlobInput(BlobBlocks blocks, BlobId blob, Pieces pieces, long length, Runnable closed) {
    this.blocks = blocks;
    this.blob = blob;
    this.pieces = pieces;
    this.left = length;
    this.closed = closed;
  }

  @Override
  public int read() {
    return fill() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(into, offset, count);
    return count;
  }

  /// All bytes that are left, as many as there should be. Memory is taken at once where all of them
  /// are here; otherwise as they come, because what an entry says of its size is not to be trusted.
  byte[] all(int size) {
    byte[] bytes = new byte[here(size) ? size : Math.min(size, FIRST_BYTES)];
    int count = 0;
    for (int more = 0; count < size && more >= 0; count += Math.max(0, more)) {
      if (count == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(size, 4L * count));
      }
      more = read(bytes, count, bytes.length - count);
    }
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }

  /// Whether the blob's blocks are here, and are enough for so many bytes.
  private boolean here(int size) {
    return !blob.blockMap()
        && size <= blob.blockLength() * BlobWriter.BLOCK_BYTES
        && blocks.has(blob.blockOffset(), blob.blockLength());
  }

  /// Writes whole blocks, without a copy where they are in an array.
  @Override
  public long transferTo(OutputStream out) throws IOException {
    long total = 0;
    while (fill()) {
      int count = current.remaining();
      if (current.hasArray()) {
        out.write(current.array(), current.arrayOffset() + current.position(), count);
        current.position(current.limit());
      } else {
        byte[] copy = new byte[count];
        current.get(copy);
        out.write(copy);
      }
      total += count;
    }
    return total;
  }

  @Override
  public int available() {
    return current.remaining();
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      current = NOTHING;
      left = 0;
      closed.run();
    }
  }

  /// Makes sure that there are bytes, unless this is the end.
  private boolean fill() {
    while (!current.hasRemaining() && left > 0) {
      Pieces.Piece piece = pieces.next();
      if (piece == null) {
        end();
        return false;
      }
      current = load(piece);
      left -= current.remaining();
    }
    return current.hasRemaining();
  }

  private void end() {
    if (!blob.blockMap()) {
      throw BlobBlocks.malformed(blob, left + " bytes are missing at its end");
    }
    left = 0;
  }

  private ByteBuffer load(Pieces.Piece piece) {
    ByteBuffer block = blocks.block(piece.index());
    if (piece.size() >= 0 && piece.size() != block.remaining()) {
      throw BlobBlocks.malformed(
          blob,
          "block %d has %d bytes, not %d"
              .formatted(piece.index(), block.remaining(), piece.size()));
    }
    int skip = (int) Math.min(piece.skip(), block.remaining());
    int take = (int) Math.min(left, block.remaining() - skip);
    return block.slice(block.position() + skip, take);
  }
}
