package cloud.bevy.doors.aws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads rows of comma-separated values (RFC 4180): a value in quotes may have commas, ends of
/// lines and, doubled, quotes. Empty lines are passed over.
final class CsvRow {
  private static final char QUOTE = '"';

  private final ByteFeed feed;
  private final int delimiter;
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private int size;
  private boolean malformed;

  CsvRow(ByteFeed feed, char delimiter) {
    this.feed = feed;
    this.delimiter = delimiter;
  }

  /// Whether there is no further row because what is there is none.
  boolean malformed() {
    return malformed;
  }

  /// The values of the next row; nothing behind the last.
  Optional<List<String>> next() throws IOException {
    while (feed.peek() == '\n' || feed.peek() == '\r') {
      feed.next();
    }
    if (feed.peek() < 0 || malformed) {
      return Optional.empty();
    }
    List<String> row = new ArrayList<>();
    size = 0;
    boolean more = true;
    while (more && !malformed) {
      value.reset();
      if (feed.peek() == QUOTE) {
        quoted();
      } else {
        plain();
      }
      row.add(value.toString(StandardCharsets.UTF_8));
      more = feed.peek() == delimiter;
      end(more);
    }
    return malformed ? Optional.empty() : Optional.of(row);
  }

  /// Passes over what ends a value.
  private void end(boolean more) throws IOException {
    if (!more && feed.peek() == '\r') {
      feed.next();
      malformed |= feed.peek() >= 0 && feed.peek() != '\n';
    }
    malformed |= !more && feed.peek() >= 0 && feed.peek() != '\n';
    feed.next();
  }

  private void plain() throws IOException {
    for (int next = feed.peek(); !ends(next) && !malformed; next = feed.peek()) {
      take();
    }
  }

  private boolean ends(int next) {
    return next < 0 || next == delimiter || next == '\n' || next == '\r';
  }

  private void quoted() throws IOException {
    feed.next();
    boolean open = true;
    while (open && !malformed) {
      int next = feed.peek();
      if (next < 0) {
        malformed = true;
      } else if (next != QUOTE) {
        take();
      } else {
        feed.next();
        open = feed.peek() == QUOTE;
        if (open) {
          take();
        }
      }
    }
  }

  private void take() throws IOException {
    value.write(feed.next());
    size++;
    malformed |= size > JsonLines.MOST_BYTES;
  }
}
