package cloud.bevy.testing.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.peers.PeerCore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Many cores on one stream.
class CorestoreInteropTest {
  private static final int CORES = 200;

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("cloud.bevy.testing.interop.Route#all")
  void twoHundredCoresShareAStream(Route route) {
    try (Pair pair = Pair.connected(route, folder)) {
      List<PeerCore> written = new ArrayList<>();
      for (int number = 0; number < CORES; number++) {
        PeerCore core = pair.writer().core("core " + number, "core " + number);
        core.fill(number, 0, 3, 500);
        written.add(core);
      }
      for (int number = 0; number < CORES; number++) {
        PeerCore read = pair.reader().core("core " + number, written.get(number).key());
        assertThat(read.check(number, 0, 3, 500)).isEqualTo(3);
      }
      assertThat(pair.reader().ask("links").get("links").asInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("cloud.bevy.testing.interop.Route#direct")
  void whatLiesOnTheDiskIsOpenedWhenItIsAskedFor(Route route) {
    try (Pair pair = Pair.apart(route, folder)) {
      PeerCore written = pair.writer().core("stored", "stored");
      written.fill(4, 0, 20, 500);
      pair.replaceWriter();
      pair.connect();
      PeerCore read = pair.reader().core("stored", written.key());
      assertThat(read.check(4, 0, 20, 500)).isEqualTo(20);
    }
  }
}
