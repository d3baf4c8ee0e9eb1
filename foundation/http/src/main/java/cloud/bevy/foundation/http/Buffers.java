package cloud.bevy.foundation.http;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where sockets take their buffers from: the heap, and for what is read from a socket a few direct
/// buffers that are used again and again. Getting such memory from the system costs more than
/// filling it. Netty's pools begin with chunks of megabytes, which would be much of the memory of
/// an idle process; here nothing is held before it is used, and little afterwards, until there is
/// no connection left.
final class Buffers extends AbstractByteBufAllocator {
  /// As much as is read at once.
  static final int LARGEST_BYTES = 256 << 10;

  /// How many bytes of smaller buffers of a size are kept that nobody uses.
  static final int KEPT_BYTES = 1 << 20;

  /// How many bytes of the largest are kept: half of what all bodies hold before each connection is
  /// given less.
  static final int KEPT_LARGEST_BYTES = 8 << 20;

  /// From what a request without a body fits in.
  private final List<Stack> stacks =
      List.of(
          new Stack(4 << 10, KEPT_BYTES),
          new Stack(32 << 10, KEPT_BYTES),
          new Stack(LARGEST_BYTES, KEPT_LARGEST_BYTES));

  Buffers() {
    super(false);
  }

  /// Gives back to the system what nobody uses.
  void clear() {
    stacks.forEach(Stack::clear);
  }

  /// How many bytes are kept that nobody uses.
  long kept() {
    return stacks.stream().mapToLong(Stack::kept).sum();
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false; // what is written is not worth copying here first
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    for (Stack stack : stacks) {
      if (initialCapacity <= stack.bytes) {
        return new Reused(stack, stack.take(this), initialCapacity, maxCapacity);
      }
    }
    return new UnpooledDirectByteBuf(this, initialCapacity, maxCapacity);
  }

  @Override
  public CompositeByteBuf compositeHeapBuffer(int maxNumComponents) {
    return new CompositeByteBuf(this, false, maxNumComponents);
  }

  @Override
  public CompositeByteBuf compositeDirectBuffer(int maxNumComponents) {
    return new CompositeByteBuf(this, true, maxNumComponents);
  }

  /// The beginning of a buffer of a stack, which goes back there.
  private static final class Reused extends UnpooledDirectByteBuf {
    private final Stack stack;
    private final ByteBuf whole;

    Reused(Stack stack, ByteBuf whole, int initialCapacity, int maxCapacity) {
      super(whole.alloc(), whole.nioBuffer(0, initialCapacity), maxCapacity);
      this.stack = stack;
      this.whole = whole;
      clear();
    }

    @Override
    protected void deallocate() {
      super.deallocate();
      stack.give(whole);
    }
  }

  /// Buffers of one size that nobody uses, the one that was used last on top: its memory is most
  /// likely still near a processor.
  private static final class Stack {
    private final int bytes;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<ByteBuf> free = new ArrayDeque<>();

    /// @param most bytes that are kept
    Stack(int bytes, int most) {
      this.bytes = bytes;
      this.most = most;
    }

    ByteBuf take(Buffers buffers) {
      lock.lock();
      try {
        @Nullable ByteBuf last = free.pollFirst();
        if (last != null) {
          return last;
        }
      } finally {
        lock.unlock();
      }
      return new UnpooledDirectByteBuf(buffers, bytes, bytes);
    }

    void give(ByteBuf whole) {
      lock.lock();
      try {
        if (kept() < most) {
          free.addFirst(whole);
          return;
        }
      } finally {
        lock.unlock();
      }
      whole.release();
    }

    void clear() {
      lock.lock();
      try {
        free.forEach(ByteBuf::release);
        free.clear();
      } finally {
        lock.unlock();
      }
    }

    long kept() {
      lock.lock();
      try {
        return (long) free.size() * bytes;
      } finally {
        lock.unlock();
      }
    }
  }
}
