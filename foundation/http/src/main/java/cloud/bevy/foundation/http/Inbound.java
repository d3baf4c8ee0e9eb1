package cloud.bevy.foundation.http;

import cloud.bevy.foundation.base.BulkInput;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A body on its way in: an event loop puts pieces in, one task reads them. The socket is read only
/// while less than a window of them is held, and not before the task has begun to read. The task
/// waits without a deadline of its own: the connection has one, and fails the body when it passes.
final class Inbound extends BulkInput {
  /// What a piece costs beside its bytes, so that a body sent byte by byte is bounded too.
  private static final int PIECE_COST = 256;

  private final Budget budget;
  private final Runnable ask;
  private final Waiting waiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>();
  private long held;
  private boolean asked;
  private boolean ended;
  private boolean discarded;
  private @Nullable IOException failure;

  /// @param budget decides how much may be held before the socket is left alone
  /// @param ask called by the reading task when the socket should be read again
  /// @param waiting is told while the reading task waits
  Inbound(Budget budget, Runnable ask, Waiting waiting) {
    this.budget = budget;
    this.ask = ask;
    this.waiting = waiting;
  }

  /// Takes a piece, which belongs to this body from now on. On the event loop.
  void offer(ByteBuf piece) {
    lock.lock();
    try {
      if (discarded || failure != null || !piece.isReadable()) {
        piece.release();
        return;
      }
      pieces.add(piece);
      hold(cost(piece));
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Says that the body is whole.
  void end() {
    lock.lock();
    try {
      ended = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Says that the rest will not come. Nothing happens if the body is whole.
  void fail(IOException cause) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = cause;
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Gives up what is held and what is still to come; whoever reads is told that it is over.
  void discard() {
    lock.lock();
    try {
      discarded = true;
      release();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the socket should be read again at once. On the event loop.
  boolean wantsMore() {
    lock.lock();
    try {
      asked = asked && !ended && failure == null && (discarded || held < budget.window());
      return asked;
    } finally {
      lock.unlock();
    }
  }

  /// Whether the whole body has arrived.
  boolean ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /// Why the rest will not come, if so.
  @Nullable IOException failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      return awaitPiece() ? take(into, offset, length) : -1;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading a body");
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int available() {
    lock.lock();
    try {
      ByteBuf piece = pieces.peek();
      return piece == null ? 0 : piece.readableBytes();
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitPiece() throws IOException, InterruptedException {
    while (pieces.isEmpty()) {
      if (discarded) {
        throw new IOException("the request is over");
      }
      if (ended) {
        return false;
      }
      if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
      }
      askForMore();
      waiting.begins();
      try {
        arrived.await();
      } finally {
        waiting.ends();
      }
    }
    return true;
  }

  private int take(byte[] into, int offset, int length) {
    ByteBuf piece = pieces.element();
    int count = Math.min(length, piece.readableBytes());
    int before = cost(piece);
    piece.readBytes(into, offset, count);
    if (piece.isReadable()) {
      hold(cost(piece) - before);
    } else {
      pieces.remove().release();
      hold(-before);
    }
    if (held < budget.window() / 2) {
      askForMore();
    }
    return count;
  }

  private void askForMore() {
    if (!asked && !ended && failure == null) {
      asked = true;
      ask.run();
    }
  }

  /// Lets the event loop read what nobody will, up to what it allows.
  void askToDiscard() {
    lock.lock();
    try {
      askForMore();
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    pieces.forEach(ByteBuf::release);
    pieces.clear();
    hold(-held);
  }

  private void hold(long more) {
    held += more;
    budget.add(more);
  }

  private static int cost(ByteBuf piece) {
    return piece.readableBytes() + PIECE_COST;
  }
}
