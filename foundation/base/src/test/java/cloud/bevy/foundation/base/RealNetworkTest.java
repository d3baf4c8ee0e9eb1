package cloud.bevy.foundation.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RealNetworkTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Network network = new RealNetwork();

  @Test
  void aStreamCarriesBytesBothWaysAndThenItsEnd() throws IOException {
    try (Network.Listener listener = network.listen(LOOPBACK)) {
      Network.Connection here = network.connect(listener.address(), LONG);
      Network.Connection there = listener.accept();
      here.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThat(read(there, 3)).containsExactly(1, 2, 3);
      there.write(ByteBuffer.wrap(new byte[] {4}));
      assertThat(read(here, 1)).containsExactly(4);
      assertThat(here.remote()).isEqualTo(listener.address());
      here.close();
      assertThat(there.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      there.close();
    }
  }

  @Test
  void nobodyListensSaysSo() throws IOException {
    Network.Listener listener = network.listen(LOOPBACK);
    InetSocketAddress address = listener.address();
    listener.close();
    assertThatThrownBy(() -> network.connect(address, LONG)).isInstanceOf(ConnectException.class);
  }

  @Test
  void aClosedListenerWakesWhoWaits() throws Exception {
    Network.Listener listener = network.listen(LOOPBACK);
    CompletableFuture<Network.Connection> accepted = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> accept(listener, accepted));
    listener.close();
    assertThatThrownBy(() -> accepted.get(1, TimeUnit.MINUTES))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClosedChannelException.class);
  }

  private static void accept(
      Network.Listener listener, CompletableFuture<Network.Connection> accepted) {
    try {
      accepted.complete(listener.accept());
    } catch (IOException failure) {
      accepted.completeExceptionally(failure);
    }
  }

  @Test
  void datagramsArriveAndWhatDoesNotFitIsCutOff() throws IOException {
    try (Network.Datagrams here = network.bind(LOOPBACK);
        Network.Datagrams there = network.bind(LOOPBACK)) {
      here.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), there.address());
      ByteBuffer received = ByteBuffer.allocate(2);
      assertThat(there.receive(received, LONG)).isEqualTo(Optional.of(here.address()));
      assertThat(received.array()).containsExactly(1, 2);
    }
  }

  @Test
  void aDeadlinePassesWithoutADatagram() throws IOException {
    try (Network.Datagrams socket = network.bind(LOOPBACK)) {
      assertThat(socket.receive(ByteBuffer.allocate(1), Duration.ZERO)).isEmpty();
    }
  }

  private static byte[] read(Network.Connection connection, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      assertThat(connection.read(bytes)).isPositive();
    }
    return bytes.array();
  }
}
