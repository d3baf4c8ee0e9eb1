package cloud.bevy.doors.aws;

import cloud.bevy.foundation.base.BulkInput;
import java.io.IOException;
import java.io.InputStream;

/// Bytes whose length nobody has said, as a form's file. Their end is reached only if there are as
/// many as are allowed.
final class MeasuredBody extends BulkInput {
  private static final long LARGEST = 5L << 30;

  private final InputStream bytes;
  private final long smallest;
  private final long largest;
  private long count;

  /// As many bytes as an object may have.
  MeasuredBody(InputStream bytes) {
    this(bytes, 0, LARGEST);
  }

  MeasuredBody(InputStream bytes, PostPolicy policy) {
    this(bytes, policy.smallest(), Math.min(policy.largest(), LARGEST));
  }

  private MeasuredBody(InputStream bytes, long smallest, long largest) {
    this.bytes = bytes;
    this.smallest = smallest;
    this.largest = largest;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = bytes.read(buffer, offset, length);
    count += Math.max(read, 0);
    if (count > largest) {
      throw S3Error.ENTITY_TOO_LARGE.refused();
    }
    if (read < 0 && count < smallest) {
      throw S3Error.ENTITY_TOO_SMALL.refused();
    }
    return read;
  }
}
