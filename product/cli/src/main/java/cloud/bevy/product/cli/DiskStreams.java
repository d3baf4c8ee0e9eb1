package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Files that a command reads or writes from the beginning to the end. Those whose names end with
/// `.gz` are compressed.
final class DiskStreams {
  private static final String COMPRESSED = ".gz";
  private static final int BUFFER = 1 << 20;

  private DiskStreams() {}

  /// Reads a file.
  static InputStream read(Disk disk, Path path) throws IOException {
    InputStream bytes = new BufferedInputStream(new Reading(disk.open(path, Disk.Mode.READ)));
    return path.toString().endsWith(COMPRESSED) ? new GZIPInputStream(bytes, BUFFER) : bytes;
  }

  /// Writes a file, in place of what is there, when it is closed.
  static OutputStream write(Disk disk, Path path) throws IOException {
    OutputStream bytes = new BufferedOutputStream(new Writing(disk, path), BUFFER);
    return path.toString().endsWith(COMPRESSED) ? new GZIPOutputStream(bytes, BUFFER) : bytes;
  }

  private static final class Reading extends InputStream {
    private final DiskFile file;
    private long at;

    Reading(DiskFile file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int some = length == 0 ? 0 : file.read(ByteBuffer.wrap(into, offset, length), at);
      at += Math.max(0, some);
      return some;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private static final class Writing extends OutputStream {
    private final Disk disk;
    private final Path path;
    private final Path part;
    private final DiskFile file;
    private long at;
    private boolean open = true;

    Writing(Disk disk, Path path) throws IOException {
      this.disk = disk;
      this.path = path;
      part = path.resolveSibling(path.getFileName() + ".part");
      file = disk.open(part, Disk.Mode.WRITE);
      file.truncate(0);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      file.write(ByteBuffer.wrap(from, offset, length), at);
      at += length;
    }

    @Override
    public void close() throws IOException {
      if (open) {
        open = false;
        file.sync();
        file.close();
        disk.rename(part, path);
      }
    }
  }
}
