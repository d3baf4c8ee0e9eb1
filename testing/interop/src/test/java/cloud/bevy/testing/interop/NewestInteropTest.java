package cloud.bevy.testing.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.replication.Access;
import cloud.bevy.hyper.replication.Replication;
import cloud.bevy.hyper.replication.TcpPeers;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.testing.peers.Peer;
import cloud.bevy.testing.peers.PeerCore;
import cloud.bevy.testing.peers.Transport;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who asks for the newest, at whatever moment, is told of all that the peer has.
class NewestInteropTest {
  private static final int ROUNDS = 150;
  private static final int BLOCKS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  /// A peer of npm opens the channels of what it has by itself: the reader asks a little earlier,
  /// at the same moment, or a little later.
  @Test
  void whileThePeerOpensTheCoreToo() throws Exception {
    try (Peer writer = Peer.node(folder.resolve("writer"))) {
      PeerCore written = writer.core("core", "core");
      written.fill(1, 0, BLOCKS, 10);
      InetSocketAddress address = new InetSocketAddress("127.0.0.1", writer.listen(Transport.TCP));
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(lengthReadBy("reader " + round, address, written.key(), round % 10))
            .as("round %d", round)
            .isEqualTo(BLOCKS);
      }
    }
  }

  private long lengthReadBy(String name, InetSocketAddress peer, byte[] key, long millis)
      throws Exception {
    World world = RealWorld.create(System.err);
    try (Store store = Store.open(world, folder.resolve(name), StoreLimits.defaults())) {
      Corestore cores = Corestore.open(world, store, new byte[32]);
      Replication replication = Replication.open(world, cores, Access.all());
      replication.followAll();
      try (TcpPeers peers = new TcpPeers(world, replication)) {
        peers.connect(peer, PATIENCE);
        Thread.sleep(millis);
        Core core = cores.remote(key);
        core.update(PATIENCE);
        return core.length();
      }
    }
  }
}
