package cloud.bevy.hyper.drive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Compares streams.
final class SameBytes {
  private static final int PIECE = 1 << 16;

  private SameBytes() {}

  static boolean compare(InputStream first, InputStream second) throws IOException {
    byte[] one = new byte[PIECE];
    byte[] two = new byte[PIECE];
    int count = PIECE;
    while (count == PIECE) {
      count = first.readNBytes(one, 0, PIECE);
      int other = second.readNBytes(two, 0, PIECE);
      if (!Arrays.equals(one, 0, count, two, 0, other)) {
        return false;
      }
    }
    return true;
  }
}
