package cloud.bevy.foundation.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An open file of the machine.
///
/// The JDK closes a file channel when a thread that uses it is interrupted, though other tasks
/// share it. So a channel that somebody else closed is opened again and the call is repeated; all
/// calls are by position and may be.
final class RealDiskFile implements DiskFile {
  private final Path path;
  private final boolean writable;
  private final @Nullable Object identity;

  /// Guards the channel's own position, which a gathering write needs, and reopening.
  private final ReentrantLock lock = new ReentrantLock();

  private final RealUncachedFile past;

  private volatile FileChannel channel;
  private volatile boolean closed;
  private volatile boolean rightsChanged;

  RealDiskFile(Path path, FileChannel channel, boolean writable) throws IOException {
    this.path = path.toAbsolutePath();
    this.channel = channel;
    this.writable = writable;
    this.identity = identity();
    this.past = new RealUncachedFile(this.path, () -> Objects.equals(identity, identityIfThere()));
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return call(channel -> channel.read(into, position));
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    long end = position + from.remaining();
    try {
      while (from.hasRemaining()) {
        call(channel -> channel.write(from, end - from.remaining()));
      }
    } catch (IOException failure) {
      throw FullDisk.recognise(failure, path, from.remaining());
    }
  }

  @Override
  public void write(ByteBuffer[] from, long position) throws IOException {
    long end = position + remaining(from);
    lock.lock();
    try {
      while (remaining(from) > 0) {
        call(channel -> channel.position(end - remaining(from)).write(from));
      }
    } catch (IOException failure) {
      throw FullDisk.recognise(failure, path, remaining(from));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean writePast(ByteBuffer from, long position) throws IOException {
    long end = position + from.remaining();
    try {
      past.write(from, position);
    } catch (IOException failure) {
      throw FullDisk.recognise(failure, path, from.remaining());
    }
    boolean whole = !from.hasRemaining();
    if (!whole) {
      write(from, end - from.remaining());
    }
    return whole;
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
    return call(channel -> {
      if (!to.isOpen()) {
        throw new IOException("the channel that bytes of a file are sent to is closed");
      }
      return channel.transferTo(position, count, to);
    });
  }

  @Override
  public void sync() throws IOException {
    call(channel -> {
      channel.force(rightsChanged); // else the file's size and place are enough
      return this;
    });
  }

  @Override
  public void truncate(long size) throws IOException {
    call(channel -> channel.truncate(size));
  }

  @Override
  public void executable(boolean runs) throws IOException {
    if (!writable) {
      throw new NonWritableChannelException();
    }
    rightsChanged = true;
    RealPermissions.executable(path, runs);
  }

  @Override
  public long size() throws IOException {
    return call(FileChannel::size);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    past.close();
    channel.close();
  }

  private static long remaining(ByteBuffer[] buffers) {
    long sum = 0;
    for (ByteBuffer buffer : buffers) {
      sum += buffer.remaining();
    }
    return sum;
  }

  private <T> T call(Call<T> call) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return call.on(channel);
        } catch (ClosedChannelException byInterrupt) {
          interrupted |= Thread.interrupted();
          reopen(byInterrupt);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void reopen(ClosedChannelException cause) throws IOException {
    lock.lock();
    try {
      if (closed || !Objects.equals(identity, identityIfThere())) {
        throw cause;
      }
      if (!channel.isOpen()) {
        channel =
            writable
                ? FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
                : FileChannel.open(path, StandardOpenOption.READ);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Object identity() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private @Nullable Object identityIfThere() {
    try {
      return identity();
    } catch (IOException gone) {
      return this;
    }
  }

  private interface Call<T> {
    T on(FileChannel channel) throws IOException;
  }
}
