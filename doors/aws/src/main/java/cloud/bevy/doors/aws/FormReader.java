package cloud.bevy.doors.aws;

import cloud.bevy.foundation.base.BulkInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The parts of a `multipart/form-data` body (RFC 7578, RFC 2046), read one after the other as they
/// arrive; holds a window of the body, never a part. Reading gives the bytes of the part that was
/// begun last.
final class FormReader extends BulkInput {
  private static final int WINDOW = 1 << 16;
  private static final int LONGEST_LINE = 8192;

  private final InputStream source;

  /// A line break and the boundary: what ends a part. The body's first boundary has the break only
  /// in thought.
  private final byte[] delimiter;

  private final byte[] window;
  private int start;
  private int end;
  private boolean inPart;

  /// @param boundary as the request's content type says it
  FormReader(InputStream source, String boundary) {
    this.source = source;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    this.window = new byte[WINDOW + delimiter.length];
    window[0] = '\r';
    window[1] = '\n';
    this.end = 2;
    this.inPart = true;
  }

  /// Goes to the next part, over what is left of this one.
  ///
  /// @return whether there is one
  /// @throws S3Exception where the body is not what it says, or ends before its last boundary
  boolean next() throws IOException {
    while (inPart) {
      skip(Long.MAX_VALUE);
    }
    String rest = line();
    if (rest.startsWith("--")) {
      return false;
    }
    if (!rest.isBlank()) {
      throw malformed();
    }
    inPart = true;
    return true;
  }

  /// A line of the part's head, without its end; empty at the end of the head.
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (start == end && !fill()) {
        if (line.toString(StandardCharsets.ISO_8859_1).startsWith("--")) {
          return line.toString(StandardCharsets.ISO_8859_1); // the last boundary needs no break
        }
        throw malformed();
      }
      byte next = window[start++];
      if (next == '\n') {
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw malformed();
      }
    }
  }

  /// The whole part as text, if it is not longer than `most` bytes.
  Optional<String> text(int most) throws IOException {
    byte[] bytes = readNBytes(most + 1);
    return bytes.length > most
        ? Optional.empty()
        : Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!inPart) {
      return -1;
    }
    while (true) {
      int boundary = find();
      int ready = (boundary < 0 ? end - delimiter.length + 1 : boundary) - start;
      if (ready > 0) {
        int count = Math.min(ready, length);
        System.arraycopy(window, start, buffer, offset, count);
        start += count;
        return count;
      }
      if (boundary >= 0) {
        start += delimiter.length;
        inPart = false;
        return -1;
      }
      if (!fill()) {
        throw malformed();
      }
    }
  }

  /// Where the next boundary begins, or -1 if none is in the window.
  private int find() {
    for (int at = start; at <= end - delimiter.length; at++) {
      if (window[at] == '\r'
          && Arrays.equals(window, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
        return at;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(window, start, window, 0, end - start);
      end -= start;
      start = 0;
    }
    int count = source.read(window, end, window.length - end);
    end += Math.max(count, 0);
    return count > 0;
  }

  private static S3Exception malformed() {
    return S3Error.MALFORMED_POST_REQUEST.refused();
  }
}
