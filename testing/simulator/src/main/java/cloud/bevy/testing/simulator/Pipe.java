package cloud.bevy.testing.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayDeque;
import java.util.Deque;

/// One direction of a stream: what is under way, and what has arrived and was not read.
final class Pipe {
  private static final int WINDOW = 256 * 1024;
  private static final int SEGMENT = 16 * 1024;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final SimulatedNetwork network;
  private final SimulatedStream stream;
  private final InetSocketAddress from;
  private final InetSocketAddress to;
  private final Deque<ByteBuffer> underWay = new ArrayDeque<>();
  private final Deque<ByteBuffer> arrived = new ArrayDeque<>();
  private final Signal change = new Signal();
  private long lastArrival;
  private int held;
  private boolean ended;
  private boolean endArrived;
  private boolean unread;

  Pipe(
      SimulatedNetwork network,
      SimulatedStream stream,
      InetSocketAddress from,
      InetSocketAddress to) {
    this.network = network;
    this.stream = stream;
    this.from = from;
    this.to = to;
  }

  void wake() {
    change.wake();
  }

  /// Waits until something can be read, and reads it; -1 at the end.
  int read(SimulatedWorld world, ByteBuffer into) throws IOException, InterruptedException {
    world.await(change, this::readable, SimulatedWorld.NEVER);
    if (unread) {
      throw new AsynchronousCloseException();
    }
    if (arrived.isEmpty()) {
      mustHold();
      return -1;
    }
    ByteBuffer first = arrived.getFirst();
    int count = Math.min(first.remaining(), into.remaining());
    into.put(first.slice(first.position(), count));
    first.position(first.position() + count);
    if (!first.hasRemaining()) {
      arrived.removeFirst();
    }
    held -= count;
    change.wake();
    return count;
  }

  private boolean readable() {
    return !arrived.isEmpty() || endArrived || unread || stream.broken();
  }

  void write(SimulatedWorld world, ByteBuffer bytes) throws IOException, InterruptedException {
    while (bytes.hasRemaining()) {
      world.await(change, this::writable, SimulatedWorld.NEVER);
      mustHold();
      if (ended) {
        throw new AsynchronousCloseException();
      }
      int count = Math.min(SEGMENT, Math.min(WINDOW - held, bytes.remaining()));
      byte[] segment = new byte[count];
      bytes.get(segment);
      send(ByteBuffer.wrap(segment));
    }
  }

  private boolean writable() {
    return held < WINDOW || ended || stream.broken();
  }

  private void mustHold() throws IOException {
    if (stream.broken()) {
      throw new IOException("Connection reset: " + to);
    }
  }

  /// The writer closed: after what is under way the reader sees the end.
  void end() {
    if (!ended) {
      ended = true;
      send(ByteBuffer.allocate(0));
      change.wake();
    }
  }

  /// The reader closed: what still arrives breaks the stream, as a TCP reset would.
  void refuse() {
    unread = true;
    stream.closeOne();
    arrived.clear();
    change.wake();
  }

  private void send(ByteBuffer segment) {
    held += segment.remaining();
    underWay.add(segment);
    lastArrival = Math.max(lastArrival, network.arrival());
    long patience = network.scheduler().now() + PATIENCE_NANOS;
    network.scheduler().alarm(lastArrival, () -> arrive(patience));
  }

  /// One more segment arrives: the oldest, as streams keep their order.
  private void arrive(long patience) {
    if (stream.broken()) {
      return;
    }
    if (!network.passes(from, to)) {
      retry(patience);
      return;
    }
    ByteBuffer segment = underWay.removeFirst();
    network.scheduler().note("arrives", to.toString(), segment.remaining(), 0);
    if (!segment.hasRemaining()) {
      endArrived = true;
    } else if (unread) {
      stream.breakLater();
    } else {
      arrived.add(segment);
    }
    change.wake();
  }

  private void retry(long patience) {
    long next = network.scheduler().now() + SimulatedStream.RETRY_NANOS;
    if (next > patience) {
      stream.breakNow();
    } else {
      network.scheduler().alarm(next, () -> arrive(patience));
    }
  }
}
