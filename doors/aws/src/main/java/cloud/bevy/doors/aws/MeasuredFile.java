package cloud.bevy.doors.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A form's file. Its end is reached only if it is as long as is allowed.
final class MeasuredFile extends FilterInputStream {
  private static final long LARGEST = 5L << 30;

  private final long smallest;
  private final long largest;
  private long count;

  /// A file of any length that an object may have.
  MeasuredFile(InputStream file) {
    this(file, 0, LARGEST);
  }

  MeasuredFile(InputStream file, PostPolicy policy) {
    this(file, policy.smallest(), Math.min(policy.largest(), LARGEST));
  }

  private MeasuredFile(InputStream file, long smallest, long largest) {
    super(file);
    this.smallest = smallest;
    this.largest = largest;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count += Math.max(read, 0);
    if (count > largest) {
      throw S3Error.ENTITY_TOO_LARGE.refused();
    }
    if (read < 0 && count < smallest) {
      throw S3Error.ENTITY_TOO_SMALL.refused();
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
