package cloud.bevy.services.search;

import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.OutputStreamIndexOutput;

/// Writes a new file of an index from its beginning to its end.
final class DiskOutput extends OutputStream {
  private static final int BUFFER = 16 * 1024;

  private final DiskFile file;
  private long position;

  private DiskOutput(DiskFile file) {
    this.file = file;
  }

  static IndexOutput on(DiskFile file, String name) {
    return new OutputStreamIndexOutput("file " + name, name, new DiskOutput(file), BUFFER);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    file.write(ByteBuffer.wrap(bytes, offset, length), position);
    position += length;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
