package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// All cores as they were when a segment was sealed, in one file that is not changed.
/// docs/formats/store.md draws it.
///
/// @param number the segment from which the log has to be replayed, which is also the file's name
/// @param nextGroup the number of the first group that is not in it
/// @param segments the sealed segments
/// @param directory where in the file each core's record is
/// @param bytes how long the file is
record Checkpoint(
    int number, long nextGroup, List<Ledger.Sealed> segments, Directory directory, long bytes) {
  static final int HEADER = 64;
  static final int SEGMENT_ENTRY = Integer.BYTES + 2 * Long.BYTES;
  static final int RECORD_HEADER = 2 * Integer.BYTES;
  static final long MAGIC = 0x544b504856564542L;

  private static final int GUESS = 1024;
  private static final int MAXIMUM_RECORD = 1 << 30;

  /// Before the first segment was sealed there is no file.
  static Checkpoint none() {
    return new Checkpoint(1, 1, List.of(), new Directory(), 0);
  }

  /// Reads and checks the whole file.
  ///
  /// @param segment is given every sealed segment, before
  /// @param core is given every record
  /// @throws IOException also where the file is not what was written
  static Checkpoint open(
      Ground ground, int number, Consumer<Ledger.Sealed> segment, Consumer<CoreRecord> core)
      throws IOException {
    Path path = ground.layout.checkpoint(number);
    try (DiskFile file = ground.disk().open(path, Disk.Mode.READ)) {
      return new Loading(path, file, segment, core).load(ground.id, number);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new IOException(path + " is damaged", e);
    }
  }

  /// Reads one core's record.
  ///
  /// @return nothing where it is another core's
  static @Nullable CoreRecord read(DiskFile file, long position, CoreId id) throws IOException {
    ByteBuffer record = Frame.allocate(GUESS);
    while (record.hasRemaining() && file.read(record, position + record.position()) > 0) {
      // until the buffer is full or the file ends
    }
    record.flip();
    if (record.remaining() < RECORD_HEADER) {
      throw new IOException("no record at " + position);
    }
    int length = checkedLength(record.getInt(0));
    if (length > record.limit() - RECORD_HEADER) {
      record = Frame.allocate(RECORD_HEADER + length);
      file.readFully(record, position);
    }
    if (Frame.sum(new CRC32C(), record, RECORD_HEADER, length) != record.getInt(Integer.BYTES)) {
      throw new IOException("the record at " + position + " is damaged");
    }
    CoreRecord core = CoreRecord.read(record.position(RECORD_HEADER));
    return core.id().equals(id) ? core : null;
  }

  static int checkedLength(int length) throws IOException {
    if (length < CoreId.BYTES || length > MAXIMUM_RECORD) {
      throw new IOException("no record has " + length + " bytes");
    }
    return length;
  }

  /// The reading of a whole file.
  private static final class Loading {
    private final Path path;
    private final CRC32C crc = new CRC32C();
    private final Window window;

    private final Consumer<Ledger.Sealed> eachSegment;
    private final Consumer<CoreRecord> eachCore;

    Loading(
        Path path,
        DiskFile file,
        Consumer<Ledger.Sealed> eachSegment,
        Consumer<CoreRecord> eachCore)
        throws IOException {
      this.path = path;
      this.eachSegment = eachSegment;
      this.eachCore = eachCore;
      this.window = new Window(file, file.size());
    }

    Checkpoint load(long store, int number) throws IOException {
      ByteBuffer header = copy(0, HEADER);
      check(header.getInt(60) == Frame.sum(crc, header, 0, 60), "its header is damaged");
      check(
          header.getLong() == MAGIC
              && header.getInt() == Layout.VERSION
              && header.getInt() == number
              && header.getLong() == store,
          "it belongs elsewhere");
      long nextGroup = header.getLong();
      long cores = header.getLong();
      check(header.getLong() == window.size(), "its length is wrong");
      List<Ledger.Sealed> segments = segments(header.getInt(), header.getInt(56));
      segments.forEach(eachSegment);
      Directory directory = new Directory();
      long at = HEADER + (long) segments.size() * SEGMENT_ENTRY;
      for (long i = 0; i < cores; i++) {
        at += record(at, directory);
      }
      check(at == window.size(), "there is more than it says");
      return new Checkpoint(number, nextGroup, segments, directory, at);
    }

    private long record(long at, Directory directory) throws IOException {
      ByteBuffer header = copy(at, RECORD_HEADER);
      int length = checkedLength(header.getInt());
      int sum = header.getInt();
      ByteBuffer payload = copy(at + RECORD_HEADER, length);
      check(Frame.sum(crc, payload, 0, length) == sum, "a record is damaged");
      CoreRecord core = CoreRecord.read(payload);
      directory.add(core.id(), at);
      eachCore.accept(core);
      return RECORD_HEADER + (long) length;
    }

    private List<Ledger.Sealed> segments(int count, int sum) throws IOException {
      long bytes = (long) count * SEGMENT_ENTRY;
      check(count >= 0 && HEADER + bytes <= window.size(), "its length is wrong");
      ByteBuffer table = copy(HEADER, (int) bytes);
      check(Frame.sum(crc, table, 0, (int) bytes) == sum, "its list of segments is damaged");
      List<Ledger.Sealed> segments = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        segments.add(new Ledger.Sealed(table.getInt(), table.getLong(), table.getLong()));
      }
      return segments;
    }

    private ByteBuffer copy(long at, int length) throws IOException {
      check(at + length <= window.size(), "it ends early");
      return window.bytes(at, length);
    }

    private void check(boolean holds, String otherwise) throws IOException {
      if (!holds) {
        throw new IOException(path + " is not a checkpoint that can be used: " + otherwise);
      }
    }
  }
}
