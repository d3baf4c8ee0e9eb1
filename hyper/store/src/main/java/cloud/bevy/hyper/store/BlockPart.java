package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.FilePart;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/// A block's bytes in its segment. The segment may be reclaimed in the meantime; its file is still
/// there for whoever has it open.
final class BlockPart implements FilePart {
  private final OpenFiles.Use use;
  private final DiskFile file;
  private final long start;
  private final long size;

  /// @param use a claim on the segment, which belongs to the part
  /// @param start where the block begins in the segment
  BlockPart(OpenFiles.Use use, long start, long size) {
    this.use = use;
    this.file = use.lend();
    this.start = start;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel to) throws IOException {
    long sent = file.transferTo(start + from, Math.min(count, size - from), to);
    if (sent == 0 && file.size() <= start + from) {
      throw new EOFException("the segment has become shorter");
    }
    return sent;
  }

  @Override
  public void close() {
    try {
      use.close();
    } catch (IOException e) {
      // nothing that was read depends on how the file closes
    }
  }
}
