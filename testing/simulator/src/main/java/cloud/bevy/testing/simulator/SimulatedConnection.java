package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;

/// One end of a simulated stream.
final class SimulatedConnection implements Network.Connection {
  private final SimulatedWorld world;
  private final InetSocketAddress remote;
  private final Pipe in;
  private final Pipe out;
  private boolean closed;

  SimulatedConnection(SimulatedWorld world, InetSocketAddress remote, Pipe in, Pipe out) {
    this.world = world;
    this.remote = remote;
    this.in = in;
    this.out = out;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    mustBeOpen();
    try {
      return into.hasRemaining() ? in.read(world, into) : 0;
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    mustBeOpen();
    try {
      out.write(world, from);
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /// As with the JDK's channels, a task that is interrupted closes the connection it waits on.
  private ClosedByInterruptException interrupted() {
    close();
    Thread.currentThread().interrupt();
    return new ClosedByInterruptException();
  }

  private void mustBeOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void close() {
    world.enter();
    if (!closed) {
      closed = true;
      out.end();
      in.refuse();
    }
  }
}
