package cloud.bevy.testing.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.peers.PeerDrive;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Drives that npm's hyperdrive writes and ours reads, and the other way round.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriveInteropTest {
  private static final String ALL = "cloud.bevy.testing.interop.Route#all";
  private static final long MEDIA = (12L << 20) + 345;

  private Pairs pairs;

  @BeforeAll
  void prepare(@TempDir Path folder) {
    pairs = new Pairs(folder);
  }

  @AfterAll
  void end() {
    pairs.close();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void filesLinksAndTheExecutableBitAreTheSame(Route route) throws Exception {
    Pair pair = pairs.of(route);
    PeerDrive written = pair.writer().drive("files", "files");
    written.put("/readme", "read me", false);
    written.put("/bin/run", "#!/bin/sh\n", true);
    written.put("/bin/Ünï ©ode", "☃", false);
    written.put("/empty", "", false);
    long last = written.link("/latest", "/bin/run");
    PeerDrive read = pair.reader().drive("files", written.key());
    read.awaitVersion(last);
    assertThat(read.list("/")).isEqualTo(written.list("/")).hasSize(5);
    assertThat(read.list("/bin")).isEqualTo(written.list("/bin")).hasSize(2);
    assertThat(read.entry("/bin/run")).get().matches(PeerDrive.Entry::executable);
    assertThat(read.entry("/readme")).get().matches(it -> !it.executable() && it.size() == 7);
    assertThat(read.entry("/latest").orElseThrow().target()).isEqualTo("/bin/run");
    assertThat(read.entry("/nothing")).isEmpty();
    assertThat(read.read("/readme").text()).isEqualTo("read me");
    assertThat(read.read("/bin/Ünï ©ode").text()).isEqualTo("☃");
    assertThat(read.read("/empty").size()).isZero();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatWasOverwrittenOrDeletedIsInFormerVersions(Route route) throws Exception {
    Pair pair = pairs.of(route);
    PeerDrive written = pair.writer().drive("versions", "versions");
    written.put("/other", "stays", false);
    long first = written.put("/note", "one", false);
    long second = written.put("/note", "two", false);
    long last = written.delete("/note");
    PeerDrive read = pair.reader().drive("versions", written.key());
    read.awaitVersion(last);
    assertThat(read.entry("/note")).isEmpty();
    assertThat(read.readAt(first, "/note").text()).isEqualTo("one");
    assertThat(read.readAt(second, "/note").text()).isEqualTo("two");
    assertThat(read.read("/other").text()).isEqualTo("stays");
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void partsOfALargeFileAreReadWithoutTheRest(Route route) throws Exception {
    Pair pair = pairs.of(route);
    PeerDrive written = pair.writer().drive("media", "media");
    long last = written.put("/film", 3, MEDIA);
    PeerDrive read = pair.reader().drive("media", written.key());
    read.awaitVersion(last);
    for (long start : new long[] {0, 65_535, 5_000_000, MEDIA - 1000}) {
      long end = Math.min(start + 100_000, MEDIA - 1);
      assertThat(read.read("/film", start, end)).isEqualTo(written.read("/film", start, end));
    }
    assertThat(read.blocksHere()).isLessThan(MEDIA >> 16);
    assertThat(read.read("/film")).isEqualTo(written.read("/film"));
    assertThat(read.read("/film").size()).isEqualTo(MEDIA);
  }
}
