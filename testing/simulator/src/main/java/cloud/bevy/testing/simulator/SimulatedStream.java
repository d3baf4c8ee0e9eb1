package cloud.bevy.testing.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A stream between two simulated programs: two pipes that break together.
final class SimulatedStream {
  static final long RETRY_NANOS = 200_000_000;

  private final SimulatedNetwork network;
  private final InetSocketAddress opener;
  private final InetSocketAddress taker;
  private final Pipe out;
  private final Pipe back;
  private boolean broken;
  private int open = 2;

  SimulatedStream(SimulatedNetwork network, InetSocketAddress opener, InetSocketAddress taker) {
    this.network = network;
    this.opener = opener;
    this.taker = taker;
    this.out = new Pipe(network, this, opener, taker);
    this.back = new Pipe(network, this, taker, opener);
    network.add(this);
  }

  /// The end of the program that opened the stream.
  SimulatedConnection here(SimulatedWorld world) {
    return new SimulatedConnection(world, taker, back, out);
  }

  /// The end of the program that took it.
  SimulatedConnection there(SimulatedWorld world) {
    return new SimulatedConnection(world, opener, out, back);
  }

  boolean broken() {
    return broken;
  }

  boolean touches(InetAddress machine) {
    return opener.getAddress().equals(machine) || taker.getAddress().equals(machine);
  }

  /// One end was closed; with the second the network forgets the stream.
  void closeOne() {
    open--;
    if (open == 0) {
      network.remove(this);
    }
  }

  /// Both ends see a reset from now on.
  void breakNow() {
    broken = true;
    network.remove(this);
    out.wake();
    back.wake();
  }

  void breakLater() {
    network.scheduler().alarm(network.arrival(), this::breakNow);
  }
}
