package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;

/// A file that a program of one world has opened.
final class AttachedFile implements DiskFile {
  private static final int TRANSFER_BYTES = 64 * 1024;

  private final AttachedDisk attached;
  private final Path path;
  private final FileNode node;
  private final boolean writable;
  private boolean closed;

  AttachedFile(AttachedDisk attached, Path path, FileNode node, boolean writable) {
    this.attached = attached;
    this.path = path;
    this.node = node;
    this.writable = writable;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    attached.begin(DiskCall.READ, path);
    mustBeOpen();
    return node.read(into, position);
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    write(new ByteBuffer[] {from}, position);
  }

  @Override
  public void write(ByteBuffer[] from, long position) throws IOException {
    mustBeWritable();
    DiskFailure failure = attached.failure(DiskCall.WRITE, path);
    mustBeOpen();
    byte[] bytes = gather(from);
    long room = attached.disk().free();
    if (failure == null && growth(position, bytes.length) > room) {
      failure = DiskFailure.DISK_FULL;
    }
    put(failure == null ? bytes : beginning(bytes, room), position);
    if (failure != null) {
      throw AttachedDisk.exception(failure, path);
    }
  }

  private static byte[] gather(ByteBuffer[] from) {
    int count = 0;
    for (ByteBuffer buffer : from) {
      count = Math.addExact(count, buffer.remaining());
    }
    ByteBuffer gathered = ByteBuffer.allocate(count);
    for (ByteBuffer buffer : from) {
      gathered.put(buffer);
    }
    return gathered.array();
  }

  /// As much of the bytes as a write that fails may have written.
  private byte[] beginning(byte[] bytes, long room) {
    int most = (int) Math.min(bytes.length, room);
    return Arrays.copyOf(bytes, attached.disk().random().nextInt(most + 1));
  }

  private void put(byte[] bytes, long position) {
    if (bytes.length > 0) {
      long growth = growth(position, bytes.length);
      node.write(bytes, position);
      account(growth);
    }
  }

  private long growth(long position, int count) {
    return Math.max(0, position + count - node.size());
  }

  private void account(long growth) {
    if (node.linked()) {
      attached.disk().grow(growth);
    }
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
    long sent = 0;
    while (sent < count) {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(TRANSFER_BYTES, count - sent));
      if (read(piece, position + sent) < 0) {
        break;
      }
      piece.flip();
      while (piece.hasRemaining()) {
        sent += to.write(piece);
      }
    }
    return sent;
  }

  @Override
  public void sync() throws IOException {
    DiskFailure failure = attached.failure(DiskCall.SYNC, path);
    mustBeOpen();
    long upTo = node.changes();
    attached.takeSyncTime();
    if (failure == null) {
      if (!attached.disk().pretends(DiskCall.SYNC)) {
        node.sync(upTo);
      }
    } else {
      node.failSync(upTo, attached.disk().loss());
      throw AttachedDisk.exception(failure, path);
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    attached.begin(DiskCall.TRUNCATE, path);
    mustBeOpen();
    mustBeWritable();
    if (size < node.size()) {
      long growth = size - node.size();
      node.truncate(size);
      account(growth);
    }
  }

  @Override
  public void executable(boolean runs) throws IOException {
    attached.begin(DiskCall.CHANGE_RIGHTS, path);
    mustBeOpen();
    mustBeWritable();
    node.executable(runs);
  }

  @Override
  public long size() throws IOException {
    attached.world().enter();
    mustBeOpen();
    return node.size();
  }

  @Override
  public void close() throws IOException {
    attached.world().enter();
    closed = true;
  }

  private void mustBeOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  private void mustBeWritable() {
    if (!writable) {
      throw new NonWritableChannelException();
    }
  }
}
