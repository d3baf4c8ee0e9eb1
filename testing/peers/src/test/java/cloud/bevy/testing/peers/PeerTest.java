package cloud.bevy.testing.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Peers do what they are asked for, with one another.
class PeerTest {
  @TempDir private Path folder;

  @Test
  void whatOnePeerAppendsAnotherReads() {
    try (Peer writer = Peer.node(folder.resolve("writer"));
        Peer reader = Peer.node(folder.resolve("reader"))) {
      PeerCore written = writer.core("a", "notes");
      assertThat(written.fill(7, 0, 10, 100).length()).isEqualTo(10);
      PeerCore read = reader.core("a", written.key());
      reader.connect(Transport.TCP, writer.listen(Transport.TCP));
      assertThat(read.check(7, 0, 10, 100)).isEqualTo(10);
      assertThat(read.read(3)).isEqualTo(Content.block(7, 3, 100));
      assertThat(written.append(List.of(new byte[] {1, 2, 3})).length()).isEqualTo(11);
      assertThat(read.awaitLength(11).rootHash()).isEqualTo(written.info().rootHash());
    }
  }

  @Test
  void aPeerGoesOnWhereItsPredecessorWasKilled() {
    try (Peer writer = Peer.node(folder.resolve("writer"))) {
      writer.core("a", "notes").fill(7, 0, 10, 100);
      writer.kill();
    }
    try (Peer writer = Peer.node(folder.resolve("writer"));
        Peer reader = Peer.node(folder.resolve("reader"))) {
      PeerCore written = writer.core("a", "notes");
      PeerCore read = reader.core("a", written.key());
      reader.connect(Transport.WEB, writer.listen(Transport.WEB));
      assertThat(read.download(0, 10).contiguous()).isEqualTo(10);
    }
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    try (Peer peer = Peer.node(folder)) {
      assertThatThrownBy(() -> peer.ask("core.info", "of", "nothing"))
          .isInstanceOf(PeerFailed.class)
          .hasMessageContaining("nothing is open as nothing");
      peer.kill();
      assertThatThrownBy(() -> peer.ask("links")).isInstanceOf(PeerFailed.class);
    }
  }
}
