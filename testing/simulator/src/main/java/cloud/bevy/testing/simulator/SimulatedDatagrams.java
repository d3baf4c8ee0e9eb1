package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// A socket for datagrams of a simulated program.
final class SimulatedDatagrams implements Network.Datagrams {
  private static final int DATAGRAM_LIMIT = 65_507;
  private static final int WAITING_LIMIT = 1024;

  private final SimulatedWorld world;
  private final SimulatedNetwork network;
  private final AttachedNetwork attached;
  private final InetSocketAddress address;
  private final Queue<Datagram> waiting = new ArrayDeque<>();
  private final Signal change = new Signal();
  private boolean closed;

  private record Datagram(InetSocketAddress from, byte[] bytes) {}

  SimulatedDatagrams(
      SimulatedWorld world,
      SimulatedNetwork network,
      AttachedNetwork attached,
      InetSocketAddress address) {
    this.world = world;
    this.network = network;
    this.attached = attached;
    this.address = address;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
    world.pause();
    if (closed) {
      throw new ClosedChannelException();
    }
    if (datagram.remaining() > DATAGRAM_LIMIT) {
      throw new IOException("Message too long");
    }
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    InetSocketAddress target = attached.seen(to);
    if (!network.loses()) {
      sendOne(new Datagram(address, bytes), target);
      if (network.doubles()) {
        sendOne(new Datagram(address, bytes), target);
      }
    }
  }

  private void sendOne(Datagram datagram, InetSocketAddress to) {
    network.scheduler().alarm(network.arrival(), () -> arrive(datagram, to));
  }

  private void arrive(Datagram datagram, InetSocketAddress to) {
    SimulatedDatagrams receiver = network.datagrams(to);
    if (receiver != null && network.passes(datagram.from(), to)) {
      network.scheduler().note("datagram", to.toString(), datagram.bytes().length, 0);
      receiver.take(datagram);
    }
  }

  private void take(Datagram datagram) {
    if (waiting.size() < WAITING_LIMIT) {
      waiting.add(datagram);
      change.wake();
    }
  }

  @Override
  public Optional<InetSocketAddress> receive(ByteBuffer into, Duration deadline)
      throws IOException {
    boolean any;
    try {
      any = world.await(change, () -> closed || !waiting.isEmpty(), world.deadline(deadline));
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
    if (closed) {
      throw new AsynchronousCloseException();
    }
    if (!any) {
      return Optional.empty();
    }
    Datagram datagram = waiting.remove();
    into.put(datagram.bytes(), 0, Math.min(into.remaining(), datagram.bytes().length));
    return Optional.of(datagram.from());
  }

  @Override
  public void close() {
    closed = true;
    network.remove(this);
    change.wake();
  }
}
