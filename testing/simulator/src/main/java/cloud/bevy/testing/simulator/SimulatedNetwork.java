package cloud.bevy.testing.simulator;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The network between simulated machines. It delays, and under bad [Weather] loses, doubles and
/// reorders datagrams; streams are only delayed, until a cut has lasted too long.
public final class SimulatedNetwork {
  private static final int FIRST_FREE_PORT = 40_000;
  private static final int LAST_PORT = 65_535;

  private final Scheduler scheduler;
  private final SplittableRandom random;
  private final Map<InetSocketAddress, SimulatedListener> listeners = new HashMap<>();
  private final Map<InetSocketAddress, SimulatedDatagrams> datagrams = new HashMap<>();
  private final List<SimulatedStream> streams = new ArrayList<>();
  private final Set<Link> cuts = new HashSet<>();
  private Weather weather = Weather.FAIR;

  private record Link(InetAddress from, InetAddress to) {}

  SimulatedNetwork(Scheduler scheduler, SplittableRandom random) {
    this.scheduler = scheduler;
    this.random = random;
  }

  /// Changes how everything sent from now on is treated; fair at first.
  public void weather(Weather weather) {
    this.weather = weather;
  }

  /// Lets nothing pass from one machine to another any more. The other direction stays open.
  public void cut(SimulatedMachine from, SimulatedMachine to) {
    cuts.add(new Link(from.address(), to.address()));
    scheduler.note("cut", from.name() + " " + to.name(), 0, 0);
  }

  /// Lets nothing pass between the machines of one side and those of the other.
  public void partition(List<SimulatedMachine> side, List<SimulatedMachine> otherSide) {
    for (SimulatedMachine one : side) {
      for (SimulatedMachine other : otherSide) {
        cut(one, other);
        cut(other, one);
      }
    }
  }

  /// Ends all cuts and partitions.
  public void heal() {
    cuts.clear();
    scheduler.note("heal", "", 0, 0);
  }

  Scheduler scheduler() {
    return scheduler;
  }

  boolean passes(InetSocketAddress from, InetSocketAddress to) {
    return !cuts.contains(new Link(from.getAddress(), to.getAddress()));
  }

  /// When something that is sent now arrives.
  long arrival() {
    long least = weather.leastDelay().toNanos();
    long most = weather.mostDelay().toNanos();
    return scheduler.now() + least + random.nextLong(most - least + 1);
  }

  boolean loses() {
    return random.nextInt(1000) < weather.lostPerMille();
  }

  boolean doubles() {
    return random.nextInt(1000) < weather.doubledPerMille();
  }

  void add(SimulatedListener listener) throws IOException {
    if (listeners.putIfAbsent(listener.address(), listener) != null) {
      throw new BindException(listener.address() + ": Address already in use");
    }
  }

  void remove(SimulatedListener listener) {
    listeners.remove(listener.address(), listener);
  }

  @Nullable SimulatedListener listener(InetSocketAddress address) {
    return listeners.get(address);
  }

  void add(SimulatedDatagrams socket) throws IOException {
    if (datagrams.putIfAbsent(socket.address(), socket) != null) {
      throw new BindException(socket.address() + ": Address already in use");
    }
  }

  void remove(SimulatedDatagrams socket) {
    datagrams.remove(socket.address(), socket);
  }

  @Nullable SimulatedDatagrams datagrams(InetSocketAddress address) {
    return datagrams.get(address);
  }

  void add(SimulatedStream stream) {
    streams.add(stream);
  }

  void remove(SimulatedStream stream) {
    streams.remove(stream);
  }

  /// A port of the machine that nobody has taken.
  int freePort(InetAddress machine) throws IOException {
    for (int tries = 0; tries < LAST_PORT; tries++) {
      int port = FIRST_FREE_PORT + random.nextInt(LAST_PORT - FIRST_FREE_PORT);
      InetSocketAddress address = new InetSocketAddress(machine, port);
      if (!listeners.containsKey(address) && !datagrams.containsKey(address)) {
        return port;
      }
    }
    throw new BindException("no free port on " + machine);
  }

  /// Forgets the sockets of a machine; who was connected to it is told after a while.
  void crash(SimulatedMachine machine) {
    listeners.keySet().removeIf(address -> address.getAddress().equals(machine.address()));
    datagrams.keySet().removeIf(address -> address.getAddress().equals(machine.address()));
    for (SimulatedStream stream : List.copyOf(streams)) {
      if (stream.touches(machine.address())) {
        stream.breakLater();
      }
    }
  }
}
