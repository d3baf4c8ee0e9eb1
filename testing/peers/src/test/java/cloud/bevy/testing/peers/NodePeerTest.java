package cloud.bevy.testing.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Peers do what they are asked for, with one another.
class NodePeerTest {
  @TempDir private Path folder;

  @Test
  void whatOnePeerAppendsAnotherReads() {
    try (NodePeer writer = NodePeer.start(folder.resolve("writer"));
        NodePeer reader = NodePeer.start(folder.resolve("reader"))) {
      NodeCore written = writer.core("a", "notes");
      assertThat(written.fill(7, 0, 10, 100).length()).isEqualTo(10);
      NodeCore read = reader.core("a", written.key());
      reader.connect(writer.listen());
      assertThat(read.check(7, 0, 10, 100)).isEqualTo(10);
      assertThat(read.read(3)).isEqualTo(Content.block(7, 3, 100));
      assertThat(written.append(List.of(new byte[] {1, 2, 3})).length()).isEqualTo(11);
      assertThat(read.awaitLength(11).rootHash()).isEqualTo(written.info().rootHash());
    }
  }

  @Test
  void aPeerGoesOnWhereItsPredecessorWasKilled() {
    try (NodePeer writer = NodePeer.start(folder.resolve("writer"))) {
      writer.core("a", "notes").fill(7, 0, 10, 100);
      writer.kill();
    }
    try (NodePeer writer = NodePeer.start(folder.resolve("writer"));
        NodePeer reader = NodePeer.start(folder.resolve("reader"))) {
      NodeCore written = writer.core("a", "notes");
      NodeCore read = reader.core("a", written.key());
      reader.connectWeb("ws://127.0.0.1:" + writer.listenWeb());
      assertThat(read.download(0, 10).contiguous()).isEqualTo(10);
    }
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    try (NodePeer peer = NodePeer.start(folder)) {
      assertThatThrownBy(() -> peer.ask("core.info", "of", "nothing"))
          .isInstanceOf(PeerFailed.class)
          .hasMessageContaining("nothing is open as nothing");
      peer.kill();
      assertThatThrownBy(() -> peer.ask("links")).isInstanceOf(PeerFailed.class);
    }
  }
}
