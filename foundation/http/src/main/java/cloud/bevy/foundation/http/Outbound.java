package cloud.bevy.foundation.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A connection's way out: tasks put pieces in and wait while a window of them is not yet with the
/// operating system; the event loop writes them. That wait has no deadline of its own: the
/// connection is closed when the other side takes nothing for too long, which ends the wait.
@SuppressWarnings("FutureReturnValueIgnored") // Each write has a listener.
final class Outbound {
  /// How large a piece should be.
  static final int PIECE = 16 << 10;

  private static final int WINDOW = 2 * PIECE;

  private final Channel channel;
  private final Deadline deadline;
  private final Duration pace;
  private final Runnable emptied;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private long pending;
  private @Nullable IOException failure;

  /// @param deadline for each piece, owned by the event loop
  /// @param emptied called on the event loop each time everything has been written
  Outbound(Channel channel, Deadline deadline, Duration pace, Runnable emptied) {
    this.channel = channel;
    this.deadline = deadline;
    this.pace = pace;
    this.emptied = emptied;
  }

  /// Sends a piece, which belongs to the connection from now on. Blocks while the window is full.
  void write(ByteBuf piece) throws IOException {
    int size = piece.readableBytes();
    try {
      reserve(size);
      channel.eventLoop().execute(() -> flush(piece, size));
    } catch (IOException | RejectedExecutionException gone) {
      piece.release();
      throw new IOException("the connection is closed", gone);
    }
  }

  /// Sends a piece from the event loop, where nothing may wait.
  void writeNow(ByteBuf piece) {
    int size = piece.readableBytes();
    lock.lock();
    try {
      pending += size;
    } finally {
      lock.unlock();
    }
    flush(piece, size);
  }

  /// Whether everything has been written.
  boolean empty() {
    lock.lock();
    try {
      return pending == 0;
    } finally {
      lock.unlock();
    }
  }

  /// Why nothing more can be written, if so.
  @Nullable IOException failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /// Ends all waiting. On the event loop.
  void fail(IOException cause) {
    lock.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void reserve(int size) throws IOException {
    lock.lock();
    try {
      while (failure == null && pending > 0 && pending + size > WINDOW) {
        moved.await();
      }
      if (failure != null) {
        throw failure;
      }
      pending += size;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing a body");
    } finally {
      lock.unlock();
    }
  }

  private void flush(ByteBuf piece, int size) {
    if (!channel.isActive()) {
      piece.release();
      settle(size, channel.newFailedFuture(new ClosedChannelException()));
      return;
    }
    if (!deadline.isSet()) {
      deadline.set(pace);
    }
    channel.writeAndFlush(piece).addListener(written -> settle(size, written));
  }

  private void settle(int size, Future<?> written) {
    boolean empty;
    lock.lock();
    try {
      pending -= size;
      empty = pending == 0;
      if (!written.isSuccess() && failure == null) {
        failure = new IOException("the connection was closed by the other side", written.cause());
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    if (empty) {
      deadline.clear();
      emptied.run();
    } else {
      deadline.set(pace);
    }
  }
}
