package cloud.bevy.hyper.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A few buffers outside the heap for bytes that are looked at once: the system puts them there
/// without a copy, and they stay in the processor's cache.
final class Scratch {
  private static final int MOST = 4;
  private static final int BYTES = Frame.HEADER + (64 << 10);

  private final AtomicReferenceArray<@Nullable ByteBuffer> kept = new AtomicReferenceArray<>(MOST);

  /// A buffer of at least so many bytes, to be given back.
  ByteBuffer take(int size) {
    for (int i = 0; size <= BYTES && i < MOST; i++) {
      ByteBuffer buffer = kept.getAndSet(i, null);
      if (buffer != null) {
        return buffer;
      }
    }
    return size <= BYTES ? ByteBuffer.allocateDirect(BYTES) : Frame.allocate(size);
  }

  void give(ByteBuffer buffer) {
    for (int i = 0; buffer.capacity() == BYTES && i < MOST; i++) {
      if (kept.compareAndSet(i, null, buffer)) {
        return;
      }
    }
  }

  /// A part of a buffer, as frames are read.
  static ByteBuffer part(ByteBuffer buffer, int size) {
    return buffer.slice(0, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Keeps none.
  void rest() {
    for (int i = 0; i < MOST; i++) {
      kept.set(i, null);
    }
  }
}
