package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/// Writes a checkpoint beside its final name and puts it in place when it is whole and durable.
final class CheckpointWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final Ground ground;
  private final int number;
  private final Path next;
  private final DiskFile file;
  private final List<Ledger.Sealed> segments;
  private final CRC32C crc = new CRC32C();
  private final Directory directory = new Directory();
  private ByteBuffer buffer = Frame.allocate(BUFFER);
  private long flushed;
  private boolean finished;

  CheckpointWriter(Ground ground, int number, List<Ledger.Sealed> segments) throws IOException {
    this.ground = ground;
    this.number = number;
    this.segments = segments;
    Path path = ground.layout.checkpoint(number);
    this.next = path.resolveSibling(path.getFileName() + ".next");
    ground.disk().delete(next);
    this.file = ground.disk().open(next, Disk.Mode.CREATE);
    this.flushed = Checkpoint.HEADER + (long) segments.size() * Checkpoint.SEGMENT_ENTRY;
  }

  void add(CoreRecord core) throws IOException {
    int length = core.encoded();
    ByteBuffer into = room(Checkpoint.RECORD_HEADER + length);
    directory.add(core.id(), flushed + into.position());
    int start = into.position() + Checkpoint.RECORD_HEADER;
    into.putInt(length).putInt(0);
    core.write(into);
    into.putInt(start - Integer.BYTES, Frame.sum(crc, into, start, length));
  }

  /// Makes the checkpoint the latest.
  Checkpoint finish(long nextGroup) throws IOException {
    flush();
    file.write(header(nextGroup), 0);
    makeDurable();
    return new Checkpoint(number, nextGroup, segments, directory, flushed);
  }

  /// Closes the file; where it was not finished, its room is given back.
  @Override
  public void close() throws IOException {
    file.close();
    if (!finished) {
      ground.disk().delete(next);
    }
  }

  /// Once the file may have its name, nobody can say which checkpoint a restart would find; so from
  /// the first `fsync` on, a full disk is as bad as a broken one.
  private void makeDurable() throws IOException {
    try {
      file.sync();
      finished = true;
      ground.disk().rename(next, ground.layout.checkpoint(number));
      ground.disk().syncDirectory(ground.layout.checkpoints());
      ground.syncs.addAndGet(2);
    } catch (DiskFullException e) {
      throw new IOException("checkpoint " + number + " could not be made durable", e);
    }
  }

  private ByteBuffer header(long nextGroup) {
    int table = segments.size() * Checkpoint.SEGMENT_ENTRY;
    ByteBuffer header = Frame.allocate(Checkpoint.HEADER + table);
    header.putLong(Checkpoint.MAGIC).putInt(Layout.VERSION).putInt(number).putLong(ground.id);
    header.putLong(nextGroup).putLong(directory.size()).putLong(flushed).putInt(segments.size());
    header.position(Checkpoint.HEADER);
    for (Ledger.Sealed segment : segments) {
      header.putInt(segment.number).putLong(segment.bytes).putLong(segment.indexAt);
    }
    header.putInt(56, Frame.sum(crc, header, Checkpoint.HEADER, table));
    header.putInt(60, Frame.sum(crc, header, 0, 60));
    return header.flip();
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    if (buffer.capacity() < bytes) {
      buffer = Frame.allocate(bytes);
    }
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    int length = buffer.remaining();
    file.write(buffer, flushed);
    flushed += length;
    buffer.clear();
  }
}
