package cloud.bevy.hyper.replication;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Network.Connection;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpPeersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final World world = RealWorld.create(System.err);
  private final List<Connection> strangers = new ArrayList<>();
  private Store store;
  private TcpPeers peers;
  private InetSocketAddress address;

  @BeforeEach
  void listen(@TempDir Path folder) throws Exception {
    store = Store.open(world, folder.resolve("store"), StoreLimits.defaults());
    Corestore cores = Corestore.open(world, store, new byte[Corestore.PRIMARY_KEY]);
    peers = new TcpPeers(world, Replication.open(world, cores, Access.all()));
    address = peers.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void end() {
    strangers.forEach(Connection::close);
    peers.close();
    store.close();
  }

  @Test
  void aPeerThatConnectsIsLinked() throws Exception {
    try (Link link = peers.connect(address, PATIENCE)) {
      assertThat(link.remotePublicKey()).hasSize(32);
    }
  }

  @Test
  void theLastStrangerIsMet() throws Exception {
    for (int number = 1; number < TcpPeers.MOST_STRANGERS; number++) {
      strangers.add(world.network().connect(address, PATIENCE));
    }
    try (Link link = peers.connect(address, PATIENCE)) {
      assertThat(link.remotePublicKey()).hasSize(32);
    }
  }

  @Test
  void aStrangerTooManyIsSentAway() throws Exception {
    for (int number = 0; number < TcpPeers.MOST_STRANGERS; number++) {
      strangers.add(world.network().connect(address, PATIENCE));
    }
    try (Connection tooMany = world.network().connect(address, PATIENCE)) {
      assertThat(tooMany.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }
}
