package cloud.bevy.doors.aws;

import cloud.bevy.services.tables.ExportedItem;
import cloud.bevy.services.tables.StoredItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A file of an export, made while it is read: items, a line for each, compressed. Of the items no
/// more than one is in memory.
final class ExportLines extends InputStream {
  /// How items are written.
  interface Form {
    /// One line, with its end.
    byte[] line(ExportedItem item);
  }

  private final Iterator<ExportedItem> items;
  private final Form form;
  private final long enough;
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final GZIPOutputStream gzip;
  private final MessageDigest md5;
  private byte[] ready = new byte[0];
  private int at;
  private boolean whole;
  private long plain;
  private long count;
  private long bytes;

  /// @param enough after how many bytes, not compressed, no further item is taken
  ExportLines(Iterator<ExportedItem> items, Form form, long enough) {
    this.items = items;
    this.form = form;
    this.enough = enough;
    try {
      gzip = new GZIPOutputStream(compressed);
      md5 = MessageDigest.getInstance("MD5");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has MD5", impossible);
    }
  }

  /// How many items were taken.
  long count() {
    return count;
  }

  /// What those items have, as tables count it.
  long bytes() {
    return bytes;
  }

  /// Of all that was read, in base64.
  String md5() {
    return Base64.getEncoder().encodeToString(md5.digest());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == ready.length && !whole) {
      fill();
    }
    int some = Math.min(length, ready.length - at);
    if (some == 0) {
      return -1;
    }
    System.arraycopy(ready, at, into, offset, some);
    md5.update(ready, at, some);
    at += some;
    return some;
  }

  private void fill() throws IOException {
    if (plain < enough && items.hasNext()) {
      ExportedItem item = items.next();
      byte[] line = form.line(item);
      gzip.write(line);
      plain += line.length;
      count++;
      bytes += size(item.after()) + size(item.before());
    } else {
      gzip.finish();
      whole = true;
    }
    ready = compressed.toByteArray();
    compressed.reset();
    at = 0;
  }

  private static long size(@Nullable StoredItem item) {
    return item == null ? 0 : item.item().size();
  }
}
