package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// The names of a store's files, and how a segment begins.
///
/// @param directory the store's folder
record Layout(Path directory) {
  /// The version of everything a store writes; it changes when an older program could no longer
  /// read what this one writes.
  static final int VERSION = 1;

  static final int SEGMENT_HEADER = 32;
  static final String SEGMENT_SUFFIX = ".log";
  static final String CHECKPOINT_SUFFIX = ".checkpoint";

  /// Where in a segment's header the store's id is.
  static final int SEGMENT_ID = 2 * Long.BYTES;

  private static final long SEGMENT_MAGIC = 0x4d47455359564542L;
  private static final int SUMMED = SEGMENT_HEADER - Integer.BYTES;

  Path format() {
    return directory.resolve("FORMAT");
  }

  Path lock() {
    return directory.resolve("lock");
  }

  Path segments() {
    return directory.resolve("segments");
  }

  Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  Path segment(int number) {
    return segments().resolve(name(number) + SEGMENT_SUFFIX);
  }

  /// A segment that nothing refers to any more, kept to be written over.
  Path spare(int number) {
    return segments().resolve("spare-" + number);
  }

  Path checkpoint(int number) {
    return checkpoints().resolve(name(number) + CHECKPOINT_SUFFIX);
  }

  /// The number in a file's name; -1 where the name is not one of ours.
  static int number(Path file, String suffix) {
    String name = String.valueOf(file.getFileName());
    String digits = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : "";
    return digits.matches("[0-9]{10}") && digits.compareTo("2147483647") <= 0
        ? Integer.parseInt(digits)
        : -1;
  }

  static ByteBuffer segmentHeader(long store, int number) {
    ByteBuffer header = Frame.allocate(SEGMENT_HEADER);
    header.putLong(SEGMENT_MAGIC).putInt(VERSION).putInt(number).putLong(store).putInt(0);
    header.putInt(Frame.sum(new CRC32C(), header, 0, SUMMED));
    return header.flip();
  }

  private static String name(int number) {
    String digits = Integer.toString(number); // String.format takes longer than reading a block
    return "0".repeat(10 - digits.length()) + digits;
  }
}
