package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.FilePart;
import cloud.bevy.foundation.base.FileSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// A range of a blob's bytes. Holds one block at a time. For one task at a time.
final class BlobInput extends InputStream {
  /// What is shorter leaves in one write with what is before it.
  private static final int LEAST_FROM_DISK = 16 << 10;

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

  /// Writes whole blocks: from the disk, without their passing through this process, where the
  /// stream can do that, and without a copy where they are in an array.
  @Override
  public long transferTo(OutputStream out) throws IOException {
    long total = 0;
    while (true) {
      if (out instanceof FileSink sink) {
        total += send(sink);
      }
      if (!fill()) {
        return total;
      }
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
  }

  /// Sends blocks as long as they can be had from the disk.
  ///
  /// @return how many bytes were sent
  private long send(FileSink sink) throws IOException {
    long total = 0;
    while (!current.hasRemaining() && left >= LEAST_FROM_DISK) {
      Pieces.Piece piece = pieces.next();
      if (piece == null) {
        end();
        break;
      }
      Optional<FilePart> part = blocks.part(piece.index());
      if (part.isEmpty()) {
        current = load(piece);
        left -= current.remaining();
        break;
      }
      long sent = send(piece, part.get(), sink);
      left -= sent;
      total += sent;
    }
    return total;
  }

  private long send(Pieces.Piece piece, FilePart part, FileSink sink) throws IOException {
    long skip = Math.min(piece.skip(), part.size());
    long take = Math.min(left, part.size() - skip);
    if (piece.size() >= 0 && piece.size() != part.size()) {
      part.close();
      throw wrongSize(piece, part.size());
    }
    sink.send(part, skip, take);
    return take;
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
      throw wrongSize(piece, block.remaining());
    }
    int skip = (int) Math.min(piece.skip(), block.remaining());
    int take = (int) Math.min(left, block.remaining() - skip);
    return block.slice(block.position() + skip, take);
  }

  private DriveFault wrongSize(Pieces.Piece piece, long size) {
    return BlobBlocks.malformed(
        blob, "block %d has %d bytes, not %d".formatted(piece.index(), size, piece.size()));
  }
}
