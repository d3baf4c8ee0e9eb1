package cloud.bevy.foundation.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCounted;
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

  /// How much of files may be on its way, which takes no memory.
  private static final long FILE_WINDOW = 1 << 20;

  private final Channel channel;
  private final Budget budget;
  private final Pace pace;
  private final Runnable emptied;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private long pending;

  /// How little must be pending for who waits to go on; 0 where nobody waits.
  private long waitingFor;

  private Waiting waiting = Waiting.UNNOTICED;
  private boolean flushing;
  private boolean ended;
  private @Nullable IOException failure;

  /// How fast the other side must be.
  ///
  /// @param deadline owned by the event loop
  /// @param limit for each piece
  record Pace(Deadline deadline, Duration limit) {
    void start() {
      deadline.set(limit);
    }
  }

  /// How large a piece is.
  ///
  /// @param memory how many of its bytes are held in memory
  private record Size(long bytes, long memory) {
    static Size of(ByteBuf piece) {
      return new Size(piece.readableBytes(), piece.readableBytes());
    }
  }

  /// @param budget decides how much may wait
  /// @param emptied called on the event loop each time everything has been written
  Outbound(Channel channel, Budget budget, Pace pace, Runnable emptied) {
    this.channel = channel;
    this.budget = budget;
    this.pace = pace;
    this.emptied = emptied;
  }

  /// Tells somebody else from now on while tasks wait.
  void notice(Waiting next) {
    lock.lock();
    try {
      waiting = next;
    } finally {
      lock.unlock();
    }
  }

  /// Sends a piece, which belongs to the connection from now on. Blocks while the window is full.
  void write(ByteBuf piece) throws IOException {
    write(piece, Size.of(piece));
  }

  /// Sends a piece of a file, which belongs to the connection from now on. Blocks while the window
  /// is full: it takes no memory, but what was sent long ago has been checked long ago.
  void write(FilePiece piece) throws IOException {
    write(piece, new Size(piece.count(), 0));
  }

  private void write(ReferenceCounted piece, Size size) throws IOException {
    try {
      reserve(size);
      channel.eventLoop().execute(() -> put(piece, size));
    } catch (IOException | RejectedExecutionException gone) {
      piece.release();
      throw new IOException("the connection is closed", gone);
    }
  }

  /// Sends a piece from the event loop, where nothing may wait.
  void writeNow(ByteBuf piece) {
    Size size = Size.of(piece);
    lock.lock();
    try {
      hold(size, 1);
    } finally {
      lock.unlock();
    }
    put(piece, size);
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

  /// Says that the connection has ended, and leaves no timer, which would keep it in memory. On the
  /// event loop.
  void end(IOException cause) {
    ended = true;
    pace.deadline().cancel();
    fail(cause);
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

  private void reserve(Size size) throws IOException {
    lock.lock();
    try {
      long window = size.memory() == 0 ? FILE_WINDOW : budget.window();
      while (failure == null && pending > 0 && pending + size.bytes() > window) {
        waitingFor = window / 2;
        Waiting noticed = waiting;
        noticed.begins();
        try {
          moved.await();
        } finally {
          noticed.ends();
        }
        window = size.memory() == 0 ? FILE_WINDOW : budget.window();
      }
      if (failure != null) {
        throw failure;
      }
      hold(size, 1);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing a body");
    } finally {
      lock.unlock();
    }
  }

  private void put(ReferenceCounted piece, Size size) {
    if (!channel.isActive()) {
      piece.release();
      settle(size, channel.newFailedFuture(new ClosedChannelException()));
      return;
    }
    if (!pace.deadline().isSet()) {
      pace.start();
    }
    channel.write(piece).addListener(written -> settle(size, written));
    if (!flushing) {
      flushing = true;
      channel.eventLoop().execute(this::flush);
    }
  }

  /// Pieces that were put in one after the other leave in one call to the system.
  private void flush() {
    flushing = false;
    channel.flush();
  }

  private void settle(Size size, Future<?> written) {
    if (!written.isSuccess()) {
      fail(new IOException("the connection was closed by the other side", written.cause()));
    }
    if (release(size)) {
      pace.deadline().clear();
      emptied.run();
    } else if (!ended) {
      pace.start();
    }
  }

  /// Wakes who waits only once half the window is free: a switch of tasks costs more than a piece.
  private boolean release(Size size) {
    lock.lock();
    try {
      hold(size, -1);
      if (waitingFor > 0 && pending <= waitingFor) {
        waitingFor = 0;
        moved.signalAll();
      }
      return pending == 0;
    } finally {
      lock.unlock();
    }
  }

  private void hold(Size size, int sign) {
    pending += sign * size.bytes();
    budget.add(sign * size.memory());
  }
}
