package cloud.bevy.hyper.drive;

import cloud.bevy.foundation.base.BulkInput;
import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/// A file of the disk from its beginning to its end. Owns the open file.
final class DiskInput extends BulkInput {
  private final DiskFile file;
  private long position;

  DiskInput(DiskFile file) {
    this.file = file;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    int count = file.read(ByteBuffer.wrap(into, offset, length), position);
    position += Math.max(0, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
