package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.Time;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Cuts what comes in into blocks. Where it comes fast, many blocks are handed out at once; where
/// it trickles, or others hold much, each as soon as it is full, and memory is taken as bytes come:
/// a thousand slow clients hold a block each at most, and [#PLENTY] together beyond that.
final class IncomingBlocks {
  /// How long a group is gathered.
  static final long PATIENCE_NANOS = 100_000_000;

  /// How much memory is taken for bytes that may be slow to come, and by what it grows.
  private static final int FIRST_BYTES = 1 << 12;

  private static final int GROWTH = 4;

  /// How many bytes may be gathered in all groups of this process before none grows any more.
  static final long PLENTY = 16 << 20;

  private static final AtomicLong GATHERED = new AtomicLong();

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
    long gathered = 0;
    boolean plenty;
    try {
      do {
        byte[] block = block();
        if (block.length > 0) {
          group.add(block);
        }
        gathered += block.length;
        slow = time.nanos() - begun > PATIENCE_NANOS;
        plenty = GATHERED.addAndGet(block.length) > PLENTY;
      } while (!ended && !slow && !plenty && group.size() < BlobWriter.GROUP_BLOCKS);
      return group;
    } finally {
      GATHERED.addAndGet(-gathered);
    }
  }

  /// Whether nothing comes behind the blocks that were handed out.
  boolean ended() {
    return ended;
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
