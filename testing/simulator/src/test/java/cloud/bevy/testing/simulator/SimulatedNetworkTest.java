package cloud.bevy.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.Network;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SimulatedNetworkTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int PORT = 7000;

  @Test
  void aStreamKeepsItsBytesAndTheirOrderInFoulWeather() {
    Seeds.forEach(
        "stream",
        50,
        simulation -> {
          simulation.network().weather(Weather.FOUL);
          echoOn(simulation.machine("b"));
          World world = simulation.machine("a").world();
          byte[] sent = world.chance().bytes(700_000);
          try (Network.Connection connection = connect(simulation)) {
            world.tasks().start("writer", () -> writeAll(connection, sent));
            assertThat(readAll(connection, sent.length)).isEqualTo(sent);
          }
        });
  }

  @Test
  void theEndOfAStreamIsSeenAfterItsBytes() {
    Simulation.run(
        1,
        simulation -> {
          World world = simulation.machine("b").world();
          Network.Listener listener = world.network().listen(at(simulation.machine("b")));
          Network.Connection here = connect(simulation);
          Network.Connection there = listener.accept();
          here.write(ByteBuffer.wrap(new byte[] {1, 2}));
          here.close();
          assertThat(readAll(there, 2)).containsExactly(1, 2);
          assertThat(there.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        });
  }

  @Test
  void datagramsAreLostDoubledAndOvertaken() {
    Simulation.run(
        1,
        simulation -> {
          simulation.network().weather(Weather.FOUL);
          World a = simulation.machine("a").world();
          World b = simulation.machine("b").world();
          Network.Datagrams to = b.network().bind(at(simulation.machine("b")));
          Network.Datagrams from = a.network().bind(any());
          for (int i = 0; i < 100; i++) {
            from.send(ByteBuffer.wrap(new byte[] {(byte) i}), to.address());
          }
          List<Integer> received = receiveAll(to);
          Set<Integer> different = new HashSet<>(received);
          assertThat(different).hasSizeBetween(70, 99);
          assertThat(received.size()).isGreaterThan(different.size());
          assertThat(received).isNotEqualTo(received.stream().sorted().toList());
        });
  }

  @Test
  void nothingPassesAPartitionUntilItHeals() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine a = simulation.machine("a");
          SimulatedMachine b = simulation.machine("b");
          echoOn(b);
          Network.Connection before = connect(simulation);
          simulation.network().partition(List.of(a), List.of(b));
          assertThatThrownBy(() -> a.world().network().connect(at(b), Duration.ofSeconds(5)))
              .isInstanceOf(SocketTimeoutException.class);
          before.write(ByteBuffer.wrap(new byte[] {5}));
          simulation.tasks().after(Duration.ofSeconds(2), "heal", simulation.network()::heal);
          assertThat(readAll(before, 1)).containsExactly(5);
        });
  }

  @Test
  void aStreamBreaksWhenAPartitionLasts() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine b = simulation.machine("b");
          echoOn(b);
          Network.Connection connection = connect(simulation);
          simulation.network().cut(b, simulation.machine("a"));
          connection.write(ByteBuffer.wrap(new byte[] {5}));
          assertThatThrownBy(() -> connection.read(ByteBuffer.allocate(1)))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("reset");
        });
  }

  @Test
  void aCrashResetsStreamsAndFreesPorts() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine b = simulation.machine("b");
          echoOn(b);
          Network.Connection connection = connect(simulation);
          b.crash();
          assertThatThrownBy(() -> connection.read(ByteBuffer.allocate(1)))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("reset");
          assertThatThrownBy(() -> connect(simulation)).isInstanceOf(ConnectException.class);
          echoOn(b);
          connect(simulation).close();
        });
  }

  @Test
  void aPortIsTakenOnce() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine b = simulation.machine("b");
          Network.Listener first = b.world().network().listen(at(b));
          assertThatThrownBy(() -> b.world().network().listen(at(b)))
              .isInstanceOf(BindException.class);
          first.close();
          b.world().network().listen(at(b)).close();
        });
  }

  @Test
  void whoListensOnLoopbackHearsOnlyItsOwnMachine() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine b = simulation.machine("b");
          InetSocketAddress loopback =
              new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
          b.world().network().listen(loopback);
          assertThatThrownBy(() -> connect(simulation)).isInstanceOf(ConnectException.class);
          b.world().network().connect(loopback, MINUTE).close();
        });
  }

  @Test
  void aTaskThatIsInterruptedClosesItsConnection() {
    Simulation.run(
        1,
        simulation -> {
          echoOn(simulation.machine("b"));
          Network.Connection connection = connect(simulation);
          List<Exception> thrown = new ArrayList<>();
          var reader =
              simulation
                  .tasks()
                  .start(
                      "reader",
                      () -> {
                        try {
                          connection.read(ByteBuffer.allocate(1));
                        } catch (IOException failure) {
                          thrown.add(failure);
                        }
                      });
          simulation.tasks().sleep(Duration.ofSeconds(1));
          reader.interrupt();
          reader.join(MINUTE);
          assertThat(thrown).hasOnlyElementsOfType(ClosedByInterruptException.class).hasSize(1);
        });
  }

  private static void echoOn(SimulatedMachine machine) throws IOException {
    World world = machine.world();
    Network.Listener listener = world.network().listen(at(machine));
    world.tasks().start("echo", () -> accept(world, listener));
  }

  private static void accept(World world, Network.Listener listener) {
    try {
      while (true) {
        Network.Connection connection = listener.accept();
        world.tasks().start("echoed", () -> echo(connection));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void echo(Network.Connection connection) {
    ByteBuffer buffer = ByteBuffer.allocate(10_000);
    try (connection) {
      while (connection.read(buffer.clear()) >= 0) {
        connection.write(buffer.flip());
      }
    } catch (IOException broken) {
      buffer.clear();
    }
  }

  private static Network.Connection connect(Simulation simulation) throws IOException {
    Network network = simulation.machine("a").world().network();
    return network.connect(at(simulation.machine("b")), MINUTE);
  }

  private static void writeAll(Network.Connection connection, byte[] bytes) {
    try {
      connection.write(ByteBuffer.wrap(bytes));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static byte[] readAll(Network.Connection connection, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      assertThat(connection.read(bytes)).isPositive();
    }
    return bytes.array();
  }

  private static List<Integer> receiveAll(Network.Datagrams socket) throws IOException {
    List<Integer> received = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.allocate(10);
    while (socket.receive(buffer.clear(), MINUTE).isPresent()) {
      received.add((int) buffer.get(0));
    }
    return received;
  }

  private static InetSocketAddress at(SimulatedMachine machine) {
    return new InetSocketAddress(machine.address(), PORT);
  }

  private static InetSocketAddress any() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
