package cloud.bevy.testing.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.peers.PeerCore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A long core, from the first block to the last.
class ManyBlocksInteropTest {
  private static final int BLOCKS = 100_000;
  private static final int SIZE = 40;

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("cloud.bevy.testing.interop.Route#direct")
  void aHundredThousandBlocksArriveWholeAndInOrder(Route route) {
    try (Pair pair = Pair.connected(route, folder)) {
      PeerCore written = pair.writer().core("long", "long");
      written.fill(5, 0, BLOCKS, SIZE);
      PeerCore read = pair.reader().core("long", written.key());
      assertThat(read.download(0, BLOCKS)).isEqualTo(written.info());
      for (int from = 0; from < BLOCKS; from += BLOCKS / 10) {
        assertThat(read.check(5, from, from + 50, SIZE)).isEqualTo(50);
      }
    }
  }
}
