package cloud.bevy.hyper.drive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads entries that are written exactly as JavaScript and we write those of plain files: without
/// a link and without metadata. Nearly all are; reading them costs a tenth of what JSON costs.
final class UsualEntry {
  private static final byte[] TRUE = EntryView.key("{\"executable\":true");
  private static final byte[] FALSE = EntryView.key("{\"executable\":false");
  private static final byte[] BLOCK_OFFSET =
      EntryView.key(",\"linkname\":null,\"blob\":{\"blockOffset\":");
  private static final byte[] BYTE_OFFSET = EntryView.key(",\"byteOffset\":");
  private static final byte[] BLOCK_LENGTH = EntryView.key(",\"blockLength\":");
  private static final byte[] BYTE_LENGTH = EntryView.key(",\"byteLength\":");
  private static final byte[] END = EntryView.key("},\"metadata\":null}");

  /// More digits have numbers only that are over what JavaScript counts to.
  private static final int MOST_DIGITS = 15;

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
    word(END);
    if (!usual || position != json.length) {
      return null;
    }
    BlobId blob = new BlobId(blockOffset, blockLength, byteOffset, byteLength, false);
    return new DriveEntry(executable, Optional.empty(), Optional.of(blob), Optional.empty());
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
