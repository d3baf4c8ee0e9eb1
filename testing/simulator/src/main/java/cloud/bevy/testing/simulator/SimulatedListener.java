package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.Queue;

/// Takes the streams that other simulated programs open.
final class SimulatedListener implements Network.Listener {
  private static final int BACKLOG = 128;

  private final SimulatedWorld world;
  private final SimulatedNetwork network;
  private final InetSocketAddress address;
  private final boolean local;
  private final Queue<SimulatedStream> waiting = new ArrayDeque<>();
  private final Signal change = new Signal();
  private boolean closed;

  SimulatedListener(
      SimulatedWorld world, SimulatedNetwork network, InetSocketAddress address, boolean local) {
    this.world = world;
    this.network = network;
    this.address = address;
    this.local = local;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  /// Whether a stream from there is taken: there is room, and who listens on loopback only hears
  /// its own machine.
  boolean takes(InetSocketAddress from) {
    boolean heard = !local || from.getAddress().equals(address.getAddress());
    return heard && waiting.size() < BACKLOG;
  }

  void offer(SimulatedStream stream) {
    waiting.add(stream);
    change.wake();
  }

  @Override
  public Network.Connection accept() throws IOException {
    try {
      world.await(change, () -> closed || !waiting.isEmpty(), SimulatedWorld.NEVER);
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
    if (closed) {
      throw new AsynchronousCloseException();
    }
    return waiting.remove().there(world);
  }

  @Override
  public void close() {
    closed = true;
    network.remove(this);
    waiting.forEach(SimulatedStream::breakLater);
    waiting.clear();
    change.wake();
  }
}
