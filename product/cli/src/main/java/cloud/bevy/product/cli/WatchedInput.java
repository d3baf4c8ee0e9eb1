package cloud.bevy.product.cli;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/// Bytes that tell a [Progress] how many of them have been read.
final class WatchedInput extends FilterInputStream {
  private final Progress progress;
  private long done;

  WatchedInput(byte[] bytes, Progress progress) {
    super(new ByteArrayInputStream(bytes));
    this.progress = progress;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    done += Math.max(0, count);
    progress.at(done);
    return count;
  }
}
