package cloud.bevy.services.search;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.store.BaseDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.SingleInstanceLockFactory;
import org.jspecify.annotations.Nullable;

/// A folder of an index on the world's disk. On a real disk files are read as memory of the system,
/// which Lucene does best itself; all that changes a file goes through the world.
final class DiskDirectory extends BaseDirectory {
  private final Disk disk;
  private final Path folder;
  private final @Nullable Directory mapped;
  private final AtomicLong temporary = new AtomicLong();

  /// @param mapped the same folder to read from; null to read through the disk
  DiskDirectory(Disk disk, Path folder, @Nullable Directory mapped) throws IOException {
    super(new SingleInstanceLockFactory());
    this.disk = disk;
    this.folder = folder;
    this.mapped = mapped;
    disk.createDirectories(folder);
  }

  @Override
  public String[] listAll() throws IOException {
    ensureOpen();
    return names().toArray(String[]::new);
  }

  private List<String> names() throws IOException {
    return disk.list(folder).stream().map(Path::toString).sorted().toList();
  }

  @Override
  public void deleteFile(String name) throws IOException {
    ensureOpen();
    Path file = folder.resolve(name);
    if (!disk.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    disk.delete(file);
  }

  @Override
  public long fileLength(String name) throws IOException {
    ensureOpen();
    try (DiskFile file = disk.open(folder.resolve(name), Disk.Mode.READ)) {
      return file.size();
    }
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    ensureOpen();
    return output(name);
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    ensureOpen();
    while (true) {
      String name = getTempFileName(prefix, suffix, temporary.incrementAndGet());
      if (!disk.exists(folder.resolve(name))) {
        return output(name);
      }
    }
  }

  private IndexOutput output(String name) throws IOException {
    return DiskOutput.on(disk.open(folder.resolve(name), Disk.Mode.CREATE), name);
  }

  @Override
  public void sync(Collection<String> names) throws IOException {
    ensureOpen();
    for (String name : names) {
      try (DiskFile file = disk.open(folder.resolve(name), Disk.Mode.WRITE)) {
        file.sync();
      }
    }
  }

  @Override
  public void syncMetaData() throws IOException {
    ensureOpen();
    disk.syncDirectory(folder);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    ensureOpen();
    disk.rename(folder.resolve(from), folder.resolve(to));
  }

  @Override
  public IndexInput openInput(String name, IOContext context) throws IOException {
    ensureOpen();
    if (mapped != null) {
      return mapped.openInput(name, context);
    }
    DiskFile file = disk.open(folder.resolve(name), Disk.Mode.READ);
    return new DiskInput(name, file, context);
  }

  @Override
  public Set<String> getPendingDeletions() {
    return Set.of();
  }

  @Override
  public void close() throws IOException {
    isOpen = false;
    if (mapped != null) {
      mapped.close();
    }
  }

  /// Deletes a folder and what is in it.
  static void delete(Disk disk, Path folder) throws IOException {
    if (!disk.exists(folder)) {
      return;
    }
    for (Path name : disk.list(folder)) {
      Path inside = folder.resolve(name);
      if (disk.isDirectory(inside)) {
        delete(disk, inside);
      } else {
        disk.delete(inside);
      }
    }
    disk.delete(folder);
  }

  /// Reads from a file, which is closed by whoever opened it, not by its clones.
  static final class DiskInput extends org.apache.lucene.store.BufferedIndexInput {
    private final DiskFile file;
    private final long begin;
    private final long end;
    private final boolean clone;

    DiskInput(String name, DiskFile file, IOContext context) throws IOException {
      super(name, context);
      this.file = file;
      begin = 0;
      end = file.size();
      clone = false;
    }

    private DiskInput(String name, DiskInput whole, long begin, long end) {
      super(name, whole.getBufferSize());
      file = whole.file;
      this.begin = begin;
      this.end = end;
      clone = true;
    }

    @Override
    public IndexInput slice(String name, long offset, long length) {
      if (offset < 0 || length < 0 || offset + length > length()) {
        throw new IllegalArgumentException("slice " + name + " is not within " + this);
      }
      long from = begin + offset;
      return new DiskInput(getFullSliceDescription(name), this, from, from + length);
    }

    @Override
    public DiskInput clone() {
      DiskInput copy = new DiskInput(toString(), this, begin, end);
      try {
        copy.seek(getFilePointer());
      } catch (IOException impossible) {
        throw new java.io.UncheckedIOException(impossible);
      }
      return copy;
    }

    @Override
    protected void readInternal(ByteBuffer into) throws IOException {
      long position = begin + getFilePointer();
      if (position + into.remaining() > end) {
        throw new java.io.EOFException("read past the end of " + this);
      }
      file.readFully(into, position);
    }

    @Override
    protected void seekInternal(long position) {}

    @Override
    public long length() {
      return end - begin;
    }

    @Override
    public void close() throws IOException {
      if (!clone) {
        file.close();
      }
    }
  }
}
