package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.Time;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts what comes in into blocks. Where it comes fast, many blocks are handed out at once; where
/// it trickles, each as soon as it is full, and memory is taken as bytes come: a thousand slow
/// clients hold a block each at most.
final class IncomingBlocks {
  /// How long a group is gathered.
  static final long PATIENCE_NANOS = 100_000_000;

  /// How much memory is taken for bytes that may be slow to come, and by what it grows.
  private static final int FIRST_BYTES = 1 << 12;

  private static final int GROWTH = 4;

  private final Time time;
  private final InputStream bytes;
  private boolean slow = true;
  private boolean ended;

  IncomingBlocks(Time time, InputStream bytes) {
    this.time = time;
    this.bytes = bytes;
  }

  /// The next blocks; none where the bytes have ended.
  List<byte[]> group() throws IOException {
    List<byte[]> group = new ArrayList<>();
    long begun = time.nanos();
    do {
      byte[] block = block();
      if (block.length > 0) {
        group.add(block);
      }
      slow = time.nanos() - begun > PATIENCE_NANOS;
    } while (!ended && !slow && group.size() < BlobWriter.GROUP_BLOCKS);
    return group;
  }

  private byte[] block() throws IOException {
    byte[] block = new byte[ended ? 0 : slow ? FIRST_BYTES : BlobWriter.BLOCK_BYTES];
    int count = bytes.readNBytes(block, 0, block.length);
    while (count == block.length && 0 < count && count < BlobWriter.BLOCK_BYTES) {
      block = Arrays.copyOf(block, Math.min(GROWTH * count, BlobWriter.BLOCK_BYTES));
      count += bytes.readNBytes(block, count, block.length - count);
    }
    ended = count < BlobWriter.BLOCK_BYTES;
    return count == block.length ? block : Arrays.copyOf(block, count);
  }
}
