package cloud.bevy.testing.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.peers.PeerCore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Either side is killed in the middle and comes back on what its disk has.
class KillInteropTest {
  private static final String ALL = "cloud.bevy.testing.interop.Route#all";
  private static final int BLOCKS = 2_000;
  private static final int BEFORE = 500;
  private static final int SIZE = 4_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource(ALL)
  void aReaderGoesOnWhenTheWriterIsBack(Route route) {
    try (Pair pair = Pair.connected(route, folder)) {
      byte[] key = pair.writer().core("a", "a").key();
      pair.writer().core("a", "a").fill(6, 0, BLOCKS, SIZE);
      PeerCore read = pair.reader().core("a", key);
      read.check(6, 0, BEFORE, SIZE);
      read.follow();
      PeerCore written = pair.replaceWriter().core("a", "a");
      pair.connect();
      written.fill(6, BLOCKS, BLOCKS + 10, SIZE);
      assertThat(read.awaitContiguous(BLOCKS + 10)).isEqualTo(written.info());
      assertThat(read.check(6, 0, BLOCKS + 10, SIZE)).isEqualTo(BLOCKS + 10);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aReaderThatWasKilledKeepsWhatItHad(Route route) {
    try (Pair pair = Pair.connected(route, folder)) {
      PeerCore written = pair.writer().core("b", "b");
      written.fill(7, 0, BLOCKS, SIZE);
      PeerCore killed = pair.reader().core("b", written.key());
      killed.check(7, 0, BEFORE, SIZE);
      killed.follow();
      PeerCore read = pair.replaceReader().core("b", written.key());
      assertThat(read.has(0)).isTrue();
      assertThat(read.info().length()).isEqualTo(BLOCKS);
      pair.connect();
      assertThat(read.download(0, BLOCKS)).isEqualTo(written.info());
      assertThat(read.check(7, 0, BLOCKS, SIZE)).isEqualTo(BLOCKS);
    }
  }
}
