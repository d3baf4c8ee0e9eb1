package cloud.bevy.doors.aws;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The bytes that were compressed with Zstandard, of which no more than a window of 8 MiB is in
/// memory: who compressed with a larger one is refused.
final class Unzstd extends InputStream {
  private final Source source;
  private final ZstdInputStream plain;

  Unzstd(InputStream compressed) {
    source = new Source(compressed);
    plain = new ZstdInputStream(new ZstdFrames(source));
  }

  /// Tells what is wrong with the source from what is wrong with what is in it.
  private static final class Source extends FilterInputStream {
    private @Nullable IOException failure;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (IOException unreadable) {
        failure = unreadable;
        throw unreadable;
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// @throws ZipException if what is there is not compressed with Zstandard
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return plain.read(into, offset, length);
    } catch (RuntimeException malformed) {
      // It has exceptions of its own for some of what may be wrong, and those of arrays for others.
      throw new ZipException("malformed: " + malformed.getMessage());
    } catch (IOException failure) {
      if (failure.equals(source.failure) || failure instanceof ZipException) {
        throw failure;
      }
      throw new ZipException(failure.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }
}
