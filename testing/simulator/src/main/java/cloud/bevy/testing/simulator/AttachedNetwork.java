package cloud.bevy.testing.simulator;

import cloud.bevy.foundation.base.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/// The network as the programs of one world see it.
final class AttachedNetwork implements Network {
  AttachedNetwork(SimulatedWorld world, SimulatedMachine machine, SimulatedNetwork network) {}

  @Override
  public Listener listen(InetSocketAddress address) throws IOException {
    throw new IOException("no network yet");
  }

  @Override
  public Connection connect(InetSocketAddress address, Duration deadline) throws IOException {
    throw new IOException("no network yet");
  }

  @Override
  public Datagrams bind(InetSocketAddress address) throws IOException {
    throw new IOException("no network yet");
  }
}
