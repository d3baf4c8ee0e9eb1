package cloud.bevy.doors.opensearch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lines of a body that is NDJSON: one object on each, the last with a line end as well.
final class Lines {
  /// The most bytes of a line: more than any item has.
  static final int LONGEST = 1 << 20;

  private final byte[] body;
  private int at;
  private int line;

  Lines(byte[] body) {
    this.body = body;
    if (body.length > 0 && body[body.length - 1] != '\n') {
      throw Refused.illegal("The bulk request must be terminated by a newline [\\n]");
    }
  }

  /// Whether there is another line, empty ones aside.
  boolean more() {
    while (at < body.length && (body[at] == '\n' || body[at] == '\r')) {
      at++;
    }
    return at < body.length;
  }

  /// Which line was read last, from 1.
  int line() {
    return line;
  }

  /// The bytes of the next line.
  byte[] bytes() {
    int end = at;
    while (end < body.length && body[end] != '\n') {
      end++;
    }
    int length = end - at;
    line++;
    if (length > LONGEST) {
      throw Refused.illegal("line " + line + " has " + length + " bytes, more than " + LONGEST);
    }
    byte[] bytes = new byte[length];
    System.arraycopy(body, at, bytes, 0, length);
    at = Math.min(end + 1, body.length);
    return bytes;
  }

  /// The object on the next line.
  Map<String, @Nullable Object> object() {
    byte[] bytes = bytes();
    try {
      return Json.object(bytes);
    } catch (Refused wrong) {
      throw Refused.parsing("line " + line + ": " + wrong.getMessage());
    }
  }
}
