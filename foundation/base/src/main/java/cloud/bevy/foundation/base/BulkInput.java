package cloud.bevy.foundation.base;

import java.io.IOException;
import java.io.InputStream;

/// A stream that is read many bytes at a time. A single byte is an array of one.
public abstract class BulkInput extends InputStream {
  /// For what extends it.
  protected BulkInput() {}

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] into, int offset, int length) throws IOException;
}
