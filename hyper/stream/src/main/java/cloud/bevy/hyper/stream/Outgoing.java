package cloud.bevy.hyper.stream;

import cloud.bevy.foundation.base.World;
import cloud.bevy.foundation.crypto.FrameSealer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Seals messages into frames and writes them. Of the tasks that send, one writes at a time,
/// without the lock, while the others seal into a second buffer, which is written next; where that
/// is full, they wait.
final class Outgoing {
  /// How many bytes go into one write.
  private static final int PORTION = 128 * 1024;

  /// How many bytes may wait for the write that is under way.
  private static final int MOST_WAITING = 512 * 1024;

  private static final int SMALL = 4 * 1024;

  private final World world;
  private final Duplex bytes;
  private final FrameSealer sealer;
  private final Duration patience;
  private final Runnable end;
  private final ReentrantLock lock = new ReentrantLock();
  private ByteBuffer sealed = ByteBuffer.allocate(SMALL);
  private ByteBuffer spare = ByteBuffer.allocate(SMALL);
  private @Nullable CompletableFuture<Void> room;
  private boolean writing;
  private boolean closed;
  private volatile long steps;
  private volatile boolean waiting;

  /// @param end closes the connection
  Outgoing(World world, Duplex bytes, FrameSealer sealer, Duration patience, Runnable end) {
    this.world = world;
    this.end = end;
    this.bytes = bytes;
    this.sealer = sealer;
    this.patience = patience;
  }

  /// Grows whenever a write begins or ends.
  long steps() {
    return steps;
  }

  /// Whether a write is under way.
  boolean waiting() {
    return waiting;
  }

  void send(List<ByteBuffer> messages) throws IOException {
    for (ByteBuffer message : messages) {
      if (message.remaining() > MessageStream.MAXIMUM_MESSAGE) {
        throw new IOException("a message of " + message.remaining() + " bytes does not fit");
      }
      if (seal(message)) {
        write();
      }
    }
    write();
  }

  /// Writes an empty message, unless something is being written anyway.
  void keepAlive() throws IOException {
    if (!waiting) {
      send(List.of(ByteBuffer.allocate(0)));
    }
  }

  /// @return whether it is time to write
  private boolean seal(ByteBuffer message) throws IOException {
    CompletableFuture<Void> wait = tryToSeal(message);
    while (wait != null) {
      await(wait);
      wait = tryToSeal(message);
    }
    return sealed.position() >= PORTION; // only a hint where another task writes
  }

  private @Nullable CompletableFuture<Void> tryToSeal(ByteBuffer message)
      throws ClosedChannelException {
    lock.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (writing && sealed.position() > MOST_WAITING) {
        if (room == null) {
          room = new CompletableFuture<>();
        }
        return room;
      }
      put(message);
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void put(ByteBuffer message) {
    int size = message.remaining() + FrameSealer.OVERHEAD;
    if (sealed.remaining() < FrameReader.PREFIX + size) {
      int needed = sealed.position() + FrameReader.PREFIX + size;
      int capacity = Math.max(needed, Math.min(2 * sealed.capacity(), 2 * PORTION));
      sealed = ByteBuffer.allocate(capacity).put(sealed.flip());
    }
    sealed.put((byte) size).put((byte) (size >>> 8)).put((byte) (size >>> 16));
    sealer.seal(message, sealed);
  }

  private void await(CompletableFuture<Void> wait) throws IOException {
    try {
      world.tasks().await(wait, patience);
    } catch (TimeoutException late) {
      throw new IOException("the other side does not read", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the other side did not read");
    }
  }

  /// Writes what is sealed, and what is sealed meanwhile, unless another task is about it.
  private void write() throws IOException {
    ByteBuffer next = begin();
    while (next != null) {
      try {
        writeOut(next);
      } catch (IOException | RuntimeException broken) {
        abandon();
        throw broken;
      }
      next = goOn(next);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one task writes, others look
  private void writeOut(ByteBuffer next) throws IOException {
    next.flip();
    int end = next.limit();
    waiting = true;
    try {
      while (next.position() < end) {
        steps++;
        next.limit(Math.min(end, next.position() + 2 * PORTION));
        bytes.write(next);
      }
    } finally {
      steps++;
      waiting = false;
    }
  }

  private @Nullable ByteBuffer begin() {
    lock.lock();
    try {
      return writing ? null : swap();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ByteBuffer goOn(ByteBuffer written) {
    lock.lock();
    try {
      spare = written.capacity() > 2 * PORTION ? ByteBuffer.allocate(SMALL) : written.clear();
      writing = false;
      ByteBuffer next = swap();
      if (next != null || !closed) {
        return next;
      }
    } finally {
      lock.unlock();
    }
    end.run();
    return null;
  }

  private @Nullable ByteBuffer swap() {
    if (sealed.position() == 0) {
      return null;
    }
    ByteBuffer next = sealed;
    sealed = spare;
    spare = next;
    writing = true;
    letIn();
    return next;
  }

  private void letIn() {
    if (room != null) {
      room.complete(null);
      room = null;
    }
  }

  private void abandon() {
    lock.lock();
    try {
      closed = true;
      writing = false;
      letIn();
    } finally {
      lock.unlock();
    }
  }

  /// Closes the connection, after the write that is under way and what waits behind it.
  void close() {
    lock.lock();
    try {
      closed = true;
      letIn();
      if (writing) {
        return;
      }
    } finally {
      lock.unlock();
    }
    end.run();
  }
}
