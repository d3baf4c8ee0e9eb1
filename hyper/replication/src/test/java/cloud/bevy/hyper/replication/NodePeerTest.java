package cloud.bevy.hyper.replication;

import static cloud.bevy.hyper.replication.Party.MINUTE;
import static cloud.bevy.hyper.replication.Party.until;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Registration;
import cloud.bevy.testing.peers.Content;
import cloud.bevy.testing.peers.Peer;
import cloud.bevy.testing.peers.PeerCore;
import cloud.bevy.testing.peers.Transport;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That npm's hypercore and this one understand each other, in short. `testing/peers` has more.
class NodePeerTest {
  private static final int SEED = 7;

  private final World world = RealWorld.create(System.out);

  @TempDir Path folder;

  private Party party() {
    return new Party(world, 1, Access.all(), folder.resolve("here"));
  }

  private static InetAddress local() {
    return InetAddress.getLoopbackAddress();
  }

  @Test
  void aCoreThatNodeWritesIsReadFollowedAndCutHere() throws Exception {
    try (Peer node = Peer.node(folder.resolve("node"))) {
      PeerCore source = node.core("a", "notes");
      source.fill(SEED, 0, 500, 100);
      Party party = party();
      party.replication.join(party.dial(local(), node.listen(Transport.TCP)));
      Core core = party.remote(source.key());
      assertThat(Party.read(core, 321)).isEqualTo(Content.block(SEED, 321, 100));
      try (Registration _ = core.download(0, Long.MAX_VALUE)) {
        until(world, () -> core.replica().contiguous() == 500);
        source.fill(SEED, 500, 600, 100);
        until(world, () -> core.replica().contiguous() == 600);
        source.truncate(555);
        source.fill(SEED, 555, 580, 10);
        until(world, () -> core.fork() == 1 && core.replica().contiguous() == 580);
      }
      assertThat(HexFormat.of().formatHex(core.rootHash())).isEqualTo(source.info().rootHash());
      assertThat(core.verify().sound()).isTrue();
    }
  }

  @Test
  void aCoreThatIsWrittenHereIsReadFollowedAndCutByNode() throws Exception {
    try (Peer node = Peer.node(folder.resolve("node"))) {
      Party party = party();
      int port = party.listenAt(local());
      Core source = party.cores.core("notes");
      source.append(Content.blocks(SEED, 0, 500, 100)).ticket().await(MINUTE);
      PeerCore core = node.core("a", source.key());
      node.connect(Transport.TCP, port);
      assertThat(core.read(321)).isEqualTo(Content.block(SEED, 321, 100));
      core.follow();
      core.awaitContiguous(500);
      source.append(Content.blocks(SEED, 500, 600, 100)).ticket().await(MINUTE);
      core.awaitContiguous(600);
      source.truncate(555).await(MINUTE);
      source.append(Content.blocks(SEED, 555, 580, 10)).ticket().await(MINUTE);
      core.awaitFork(1);
      core.awaitContiguous(580);
      assertThat(core.info().rootHash()).isEqualTo(HexFormat.of().formatHex(source.rootHash()));
    }
  }
}
