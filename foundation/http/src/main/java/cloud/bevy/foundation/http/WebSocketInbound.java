package cloud.bevy.foundation.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The messages of a [WebSocket] on their way in, piece by piece, as [Inbound] is for bodies: the
/// socket is read only while somebody wants to read, and less than a window is held.
final class WebSocketInbound {
  /// What a piece costs beside its bytes, so that a flood of empty messages is bounded too.
  private static final int PIECE_COST = 256;

  private final Budget budget;
  private final Runnable ask;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private long held;
  private boolean asked;
  private boolean ended;
  private @Nullable IOException failure;

  /// Some bytes of a message.
  ///
  /// @param text whether they are of a text
  /// @param end whether the message ends with them
  record Piece(ByteBuf bytes, boolean text, boolean end) {
    int cost() {
      return bytes.readableBytes() + PIECE_COST;
    }
  }

  /// @param budget decides how much may be held before the socket is left alone
  /// @param ask called by the reading task when the socket should be read again
  WebSocketInbound(Budget budget, Runnable ask) {
    this.budget = budget;
    this.ask = ask;
  }

  /// Takes a piece, which belongs to this from now on. On the event loop.
  void offer(Piece piece) {
    lock.lock();
    try {
      if (ended || failure != null) {
        piece.bytes().release();
        return;
      }
      pieces.add(piece);
      hold(piece.cost());
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Says that the other side has closed. What has arrived can still be read.
  void end() {
    lock.lock();
    try {
      ended = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Says that nothing more will come; what has arrived is given up. Nothing happens after the end.
  void fail(IOException cause) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = cause;
        release();
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Gives up what nobody will read. Nobody may be reading.
  void discard() {
    lock.lock();
    try {
      if (failure == null) {
        failure = new IOException("the WebSocket is closed");
      }
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
      asked = asked && !ended && failure == null && held < budget.window();
      return asked;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the next piece; it stays where it is until [#take] says how much of it was read.
  ///
  /// @return null once the other side has closed and all was read
  /// @throws IOException where the connection broke
  @Nullable Piece next() throws IOException {
    lock.lock();
    try {
      while (pieces.isEmpty() || failure != null) {
        if (failure != null) {
          throw new IOException(failure.getMessage(), failure);
        }
        if (ended) {
          return null;
        }
        askForMore();
        arrived.await();
      }
      return pieces.element();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading from a WebSocket");
    } finally {
      lock.unlock();
    }
  }

  /// Copies out of the first piece as much as there is room for, and takes it away once it is
  /// empty.
  ///
  /// @return how many bytes that was
  int take(Piece piece, ByteBuffer into) throws IOException {
    lock.lock();
    try {
      if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
      }
      int size = Math.min(into.remaining(), piece.bytes().readableBytes());
      piece.bytes().readBytes(into.slice(into.position(), size));
      into.position(into.position() + size);
      hold(-size);
      if (!piece.bytes().isReadable()) {
        pieces.remove().bytes().release();
        hold(-PIECE_COST);
      }
      if (held < budget.window() / 2) {
        askForMore();
      }
      return size;
    } finally {
      lock.unlock();
    }
  }

  private void askForMore() {
    if (!asked && !ended && failure == null) {
      asked = true;
      ask.run();
    }
  }

  private void release() {
    pieces.forEach(piece -> piece.bytes().release());
    pieces.clear();
    hold(-held);
  }

  private void hold(long more) {
    held += more;
    budget.add(more);
  }
}
