package cloud.bevy.doors.aws;

import cloud.bevy.foundation.base.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// A body whose SHA-256 was signed. Its end is reached only if the hash is right; otherwise the
/// read that would have found the end throws.
final class HashedBody extends BulkInput {
  private final InputStream body;
  private final MessageDigest digest = SignatureV4.sha256();
  private final byte[] expected;
  private boolean checked;

  HashedBody(InputStream body, String sha256) {
    this.body = body;
    this.expected = HexFormat.of().parseHex(sha256);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = body.read(buffer, offset, length);
    if (count > 0) {
      digest.update(buffer, offset, count);
    } else if (count < 0) {
      check();
    }
    return count;
  }

  private void check() throws S3Exception {
    if (!checked && !MessageDigest.isEqual(digest.digest(), expected)) {
      throw S3Error.X_AMZ_CONTENT_SHA256_MISMATCH.refused();
    }
    checked = true;
  }
}
