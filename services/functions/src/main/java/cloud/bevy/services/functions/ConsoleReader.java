package cloud.bevy.services.functions;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads an engine's output: tells the functions' messages, which `console.js` marks, from the
/// engine's own lines.
final class ConsoleReader implements AutoCloseable {
  /// What is longer, a line or a message of several, is cut off: it is for people.
  static final int MAX_LINE = 8 << 10;

  private static final char MARK = '\u001e';
  private static final String PREFIX = String.valueOf(MARK);

  private final InputStream in;
  private final EngineProcess.Output output;
  private @Nullable Message message;

  ConsoleReader(InputStream in, EngineProcess.Output output) {
    this.in = new BufferedInputStream(in);
    this.output = output;
  }

  /// The engine's next line; null at the end. Messages of functions on the way to it are passed to
  /// the output.
  @Nullable String next() throws IOException {
    for (String line = line(); line != null; line = line()) {
      if (line.startsWith(PREFIX)) {
        begin(line);
      } else if (message != null && belongs(line)) {
        message.add(line);
      } else {
        end();
        return line;
      }
      if (in.available() == 0) {
        end();
      }
    }
    end();
    return null;
  }

  @Override
  public void close() throws IOException {
    end();
    in.close();
  }

  /// A message of several lines is not marked but in its first. What engines say of themselves
  /// begins with the name of a source file, or of the system that stops them.
  private static boolean belongs(String line) {
    return !line.startsWith("workerd/") && !line.startsWith("#") && !line.startsWith("***");
  }

  private void begin(String line) {
    end();
    String[] parts = line.split(PREFIX, 4);
    if (parts.length == 4) {
      message = new Message(parts[1], parts[2], new StringBuilder(parts[3]));
    }
  }

  private void end() {
    if (message != null) {
      output.message(message.app, message.level, message.text.toString());
      message = null;
    }
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() < MAX_LINE) {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static final class Message {
    private final String app;
    private final String level;
    private final StringBuilder text;

    Message(String app, String level, StringBuilder text) {
      this.app = app;
      this.level = level;
      this.text = text;
    }

    void add(String line) {
      if (text.length() + line.length() < MAX_LINE) {
        text.append('\n').append(line);
      }
    }
  }
}
