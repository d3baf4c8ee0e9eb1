package cloud.bevy.hyper.drive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads entries that are written exactly as JavaScript and we write those of plain files: without
/// a link, and without metadata or with such that has neither spaces nor escapes, and nothing that
/// is not ASCII. Nearly all are; reading them costs a tenth of what JSON costs.
final class UsualEntry {
  private static final byte[] TRUE = EntryView.key("{\"executable\":true");
  private static final byte[] FALSE = EntryView.key("{\"executable\":false");
  private static final byte[] BLOCK_OFFSET =
      EntryView.key(",\"linkname\":null,\"blob\":{\"blockOffset\":");
  private static final byte[] BYTE_OFFSET = EntryView.key(",\"byteOffset\":");
  private static final byte[] BLOCK_LENGTH = EntryView.key(",\"blockLength\":");
  private static final byte[] BYTE_LENGTH = EntryView.key(",\"byteLength\":");
  private static final byte[] METADATA = EntryView.key("},\"metadata\":");
  private static final byte[] NONE = EntryView.key("null}");

  /// More digits have numbers only that are over what JavaScript counts to.
  private static final int MOST_DIGITS = 15;

  /// Metadata that is nested more deeply is left to the parser.
  private static final int MOST_DEPTH = 8;

  private final byte[] json;
  private int position;
  private boolean usual = true;

  private UsualEntry(byte[] json) {
    this.json = json;
  }

  /// The entry, or nothing where it is not written that way: then it is to be read as JSON.
  static @Nullable DriveEntry read(byte[] json) {
    return new UsualEntry(json).read();
  }

  private @Nullable DriveEntry read() {
    boolean executable = json.length > TRUE.length && json[14] == 't';
    word(executable ? TRUE : FALSE);
    word(BLOCK_OFFSET);
    long blockOffset = number();
    word(BYTE_OFFSET);
    long byteOffset = number();
    word(BLOCK_LENGTH);
    long blockLength = number();
    word(BYTE_LENGTH);
    long byteLength = number();
    word(METADATA);
    Optional<String> metadata = metadata();
    if (!usual || position != json.length) {
      return null;
    }
    BlobId blob = new BlobId(blockOffset, blockLength, byteOffset, byteLength, false);
    return new DriveEntry(executable, Optional.empty(), Optional.of(blob), metadata);
  }

  private Optional<String> metadata() {
    int start = position;
    if (next() != '{') {
      word(NONE);
      return Optional.empty();
    }
    object(0);
    Optional<String> text =
        usual
            ? Optional.of(new String(json, start, position - start, StandardCharsets.ISO_8859_1))
            : Optional.empty();
    take('}');
    return text;
  }

  /// What comes next; 0 at the end, or where the entry is not written that way.
  private byte next() {
    return usual && position < json.length ? json[position] : 0;
  }

  private void take(char wanted) {
    usual &= next() == wanted;
    position++;
  }

  private void object(int depth) {
    take('{');
    if (next() == '}') {
      position++;
      return;
    }
    while (true) {
      string();
      take(':');
      value(depth);
      if (next() != ',') {
        break;
      }
      position++;
    }
    take('}');
  }

  private void array(int depth) {
    take('[');
    if (next() == ']') {
      position++;
      return;
    }
    while (true) {
      value(depth);
      if (next() != ',') {
        break;
      }
      position++;
    }
    take(']');
  }

  private void value(int depth) {
    usual &= depth < MOST_DEPTH;
    switch (next()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      default -> plain();
    }
  }

  private void string() {
    take('"');
    for (byte each = next(); each != '"'; each = next()) {
      if (each < ' ' || each == '\\') {
        usual = false;
        return;
      }
      position++;
    }
    position++;
  }

  /// A number, `true`, `false` or `null`, as loosely as [JsonReader] takes them.
  private void plain() {
    int start = position;
    while (JsonReader.inWord((char) next())) {
      position++;
    }
    usual &= position > start;
  }

  private void word(byte[] word) {
    if (!usual || word.length > json.length - position) {
      usual = false;
      return;
    }
    for (byte each : word) {
      usual &= json[position++] == each;
    }
  }

  private long number() {
    int start = position;
    long number = 0;
    while (usual && position < json.length && json[position] >= '0' && json[position] <= '9') {
      number = 10 * number + json[position++] - '0';
      usual = position - start <= MOST_DIGITS;
    }
    usual &= position > start;
    return number;
  }
}
