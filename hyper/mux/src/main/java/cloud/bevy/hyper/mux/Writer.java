package cloud.bevy.hyper.mux;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.stream.MessageStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes what is in an [Outbox], by a task that exists only while there is something to write.
/// Methods that say so need the lock, which is the mux's; nothing is written under it.
final class Writer {
  /// How many bytes may wait before senders are told to hold back.
  static final long ENOUGH = 1 << 20;

  /// How many bytes may wait before nothing more is read from a peer that causes them.
  static final long TOO_MUCH = 8 << 20;

  private final World world;
  private final MessageStream stream;
  private final ReentrantLock lock;
  private final Consumer<IOException> broken;
  private final Outbox outbox = new Outbox();
  private @Nullable CompletableFuture<Void> drained;
  private long underWay;
  private int corks;
  private boolean writing;
  private boolean closing;
  private boolean ended;

  Writer(World world, MessageStream stream, ReentrantLock lock, Consumer<IOException> broken) {
    this.world = world;
    this.stream = stream;
    this.lock = lock;
    this.broken = broken;
  }

  /// Adds a message; with the lock.
  ///
  /// @return whether more should be added at once
  boolean add(int to, int type, ByteBuffer... body) {
    if (ended || closing) {
      return false;
    }
    outbox.add(to, type, body);
    start();
    return waiting() < ENOUGH;
  }

  private long waiting() {
    return outbox.size() + underWay;
  }

  /// With the lock.
  void cork() {
    corks++;
  }

  /// With the lock.
  void uncork() {
    corks--;
    start();
  }

  private void start() {
    if (!writing && ready()) {
      writing = true;
      world.tasks().start("mux writer", this::write);
    }
  }

  private boolean ready() {
    boolean held = corks > 0 && !closing;
    return !ended && (held ? outbox.hasFinished() : !outbox.isEmpty());
  }

  private void write() {
    List<ByteBuffer> frames = next(List.of());
    while (!frames.isEmpty()) {
      try {
        stream.send(frames);
      } catch (IOException failed) {
        broken.accept(failed);
      }
      frames = next(frames);
    }
  }

  /// What is to be written next; nothing when the task can end.
  private List<ByteBuffer> next(List<ByteBuffer> written) {
    boolean last;
    lock.lock();
    try {
      underWay = 0;
      outbox.reuse(written);
      List<ByteBuffer> frames = ready() ? outbox.take(corks == 0 || closing) : List.of();
      for (ByteBuffer frame : frames) {
        underWay += frame.remaining();
      }
      if (waiting() < ENOUGH) {
        tell();
      }
      if (!frames.isEmpty()) {
        return frames;
      }
      writing = false;
      outbox.rest();
      last = closing;
    } finally {
      lock.unlock();
    }
    if (last) {
      stream.close();
    }
    return List.of();
  }

  private void tell() {
    if (drained != null) {
      drained.complete(null);
      drained = null;
    }
  }

  /// Writes what is there, then closes the stream.
  void close() {
    lock.lock();
    try {
      closing = true;
      start();
      if (writing) {
        return;
      }
    } finally {
      lock.unlock();
    }
    stream.close();
  }

  /// Nothing more is written; with the lock.
  void end() {
    ended = true;
    tell();
  }

  /// Waits until less than so many bytes wait.
  ///
  /// @return whether that was so before the deadline, and before the end
  boolean await(long limit, Duration deadline) throws InterruptedException {
    long until = world.time().nanos() + deadline.toNanos();
    CompletableFuture<Void> change = change(limit);
    while (change != null) {
      long left = until - world.time().nanos();
      if (left <= 0) {
        return false;
      }
      try {
        world.tasks().await(change, Duration.ofNanos(left));
      } catch (TimeoutException late) {
        return false;
      }
      change = change(limit);
    }
    lock.lock();
    try {
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable CompletableFuture<Void> change(long limit) {
    lock.lock();
    try {
      if (ended || waiting() < limit) {
        return null;
      }
      if (drained == null) {
        drained = new CompletableFuture<>();
      }
      return drained;
    } finally {
      lock.unlock();
    }
  }
}
