package cloud.bevy.services.functions;

import cloud.bevy.foundation.base.BulkInput;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Reads a folder from a stream of bytes, as [BundleWriter] writes it: a line that names the format
/// and the folder, then for each file a line with its size and path and its bytes, then a line
/// `end`. Nothing is held in memory but a line.
final class BundleReader {
  /// What the first line begins with; the folder's name follows.
  static final String MAGIC = "bevy-bundle 1 ";

  /// The last line.
  static final String END = "end";

  private static final int MAX_LINE = 1_024;
  static final int MAX_FILES = 5_000;
  static final long MAX_BYTES = 256L << 20;

  private final InputStream in;
  private final String folder;
  private final Set<String> paths = new HashSet<>();
  private long bytes;
  private Slice last = new Slice(InputStream.nullInputStream(), 0);

  /// Reads the first line.
  BundleReader(InputStream in) throws IOException, Refusal {
    this.in = in;
    String line = line();
    if (!line.startsWith(MAGIC)) {
      throw new Refusal("what was sent is not a bundle of this version: update the command");
    }
    this.folder = line.substring(MAGIC.length());
  }

  /// The name of the folder that was sent.
  String folder() {
    return folder;
  }

  /// The next file, or nothing at the end.
  Optional<BundleFile> next() throws IOException, Refusal {
    last.skipRest();
    String line = line();
    if (line.equals(END)) {
      return Optional.empty();
    }
    int space = line.indexOf(' ');
    long size = size(line.substring(0, Math.max(0, space)));
    String path = line.substring(space + 1);
    if (!BundlePath.valid(path) || !paths.add(path)) {
      throw new Refusal("a bundle cannot hold a file at \"" + path + '"');
    }
    bytes += size;
    if (paths.size() > MAX_FILES || bytes > MAX_BYTES) {
      throw new Refusal(
          "an app has at most " + MAX_FILES + " files and " + (MAX_BYTES >> 20) + " MiB");
    }
    last = new Slice(in, size);
    return Optional.of(new BundleFile(path, size, last));
  }

  private static long size(String digits) throws Refusal {
    try {
      long size = Long.parseLong(digits);
      if (size >= 0 && size <= MAX_BYTES) {
        return size;
      }
    } catch (NumberFormatException malformed) {
      // Falls through: it is refused below like a number out of bounds.
    }
    throw new Refusal("a file in a bundle cannot have \"" + digits + "\" bytes");
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.size() == MAX_LINE) {
        throw new EOFException("the bundle is cut off");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /// The next `left` bytes of a stream.
  private static final class Slice extends BulkInput {
    private final InputStream in;
    private long left;

    Slice(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(into, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("the bundle is cut off");
      }
      left -= count;
      return count;
    }

    void skipRest() throws IOException {
      in.skipNBytes(left);
      left = 0;
    }
  }
}
