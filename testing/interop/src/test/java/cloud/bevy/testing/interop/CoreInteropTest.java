package cloud.bevy.testing.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.peers.Content;
import cloud.bevy.testing.peers.Peer;
import cloud.bevy.testing.peers.PeerCore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Cores that npm's hypercore writes and ours reads, and the other way round.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoreInteropTest {
  private static final String ALL = "cloud.bevy.testing.interop.Route#all";
  private static final int SEED = 1;
  private static final byte[] SECRET = Content.block(99, 0, 32);

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
  void aCoreIsFollowedWhileItGrows(Route route) throws Exception {
    Pair pair = pairs.of(route);
    PeerCore written = pair.writer().core("live", "live");
    written.fill(SEED, 0, 10, 100);
    PeerCore read = pair.reader().core("live", written.key());
    assertThat(read.awaitLength(10).rootHash()).isEqualTo(written.info().rootHash());
    read.follow();
    for (int length = 10; length < 200; length += 19) {
      written.fill(SEED, length, length + 19, 1000);
      PeerCore.Info info = read.awaitContiguous(length + 19);
      assertThat(info.rootHash()).isEqualTo(written.info().rootHash());
    }
    assertThat(read.check(SEED, 10, 200, 1000)).isEqualTo(190);
    assertThat(read.info()).isEqualTo(written.info());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void onlyTheBlocksThatAreAskedForAreFetched(Route route) throws Exception {
    Pair pair = pairs.of(route);
    PeerCore written = pair.writer().core("sparse", "sparse");
    written.fill(SEED, 0, 1000, 50);
    PeerCore read = pair.reader().core("sparse", written.key());
    for (int index : List.of(3, 999, 500)) {
      assertThat(read.read(index)).isEqualTo(Content.block(SEED, index, 50));
      assertThat(read.has(index)).isTrue();
    }
    assertThat(read.has(4)).isFalse();
    assertThat(read.info().contiguous()).isZero();
    assertThat(read.awaitLength(1000).rootHash()).isEqualTo(written.info().rootHash());
    assertThat(read.info().byteLength()).isEqualTo(50_000);
    assertThat(read.seek(25_010)).containsExactly(500, 10);
    assertThat(read.seek(37_777)).containsExactly(755, 27);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whoHasSomeBlocksOnlyServesThose(Route route) throws Exception {
    Pair pair = pairs.of(route);
    PeerCore written = pair.writer().core("some", "some");
    written.fill(SEED, 0, 300, 50);
    PeerCore some = pair.reader().core("some", written.key());
    assertThat(some.check(SEED, 20, 25, 50)).isEqualTo(5);
    assertThat(some.check(SEED, 290, 291, 50)).isEqualTo(1);
    try (Peer another = pair.another()) {
      PeerCore read = another.core("some", written.key());
      assertThat(read.check(SEED, 20, 25, 50)).isEqualTo(5);
      assertThat(read.check(SEED, 290, 291, 50)).isEqualTo(1);
      assertThat(read.readable(100, Duration.ofMillis(300))).isFalse();
      assertThat(some.check(SEED, 100, 101, 50)).isEqualTo(1);
      assertThat(read.check(SEED, 100, 101, 50)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anEncryptedCoreIsReadWithItsSecretOnly(Route route) throws Exception {
    Pair pair = pairs.of(route);
    PeerCore written = pair.writer().encryptedCore("secret", "secret", SECRET);
    written.fill(SEED, 0, 50, 200);
    PeerCore read = pair.reader().encryptedCore("secret", written.key(), SECRET);
    assertThat(read.check(SEED, 0, 50, 200)).isEqualTo(50);
    assertThat(read.awaitLength(50).rootHash()).isEqualTo(written.info().rootHash());
    PeerCore other = pair.writer().encryptedCore("other", "other", SECRET);
    other.fill(SEED, 0, 10, 200);
    PeerCore blind = pair.reader().core("blind", other.key());
    assertThat(blind.read(7)).hasSize(208).isNotEqualTo(Content.block(SEED, 7, 200));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aTruncationIsFollowedToTheNewFork(Route route) throws Exception {
    Pair pair = pairs.of(route);
    PeerCore written = pair.writer().core("cut", "cut");
    written.fill(SEED, 0, 100, 60);
    PeerCore read = pair.reader().core("cut", written.key());
    assertThat(read.download(0, 100).contiguous()).isEqualTo(100);
    written.truncate(40);
    written.fill(2, 40, 90, 60);
    read.awaitFork(1);
    assertThat(read.awaitLength(90).rootHash()).isEqualTo(written.info().rootHash());
    assertThat(read.check(SEED, 0, 40, 60)).isEqualTo(40);
    assertThat(read.check(2, 40, 90, 60)).isEqualTo(50);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void forksThatNobodySawAreFollowedToo(Route route) throws Exception {
    Pair pair = pairs.of(route);
    PeerCore written = pair.writer().core("forks", "forks");
    written.fill(SEED, 0, 100, 60);
    PeerCore read = pair.reader().core("forks", written.key());
    assertThat(read.download(0, 100).contiguous()).isEqualTo(100);
    pair.reader().hangUp();
    written.truncate(70);
    written.fill(2, 70, 80, 60);
    written.truncate(75);
    written.fill(3, 75, 150, 60);
    pair.connect();
    read.awaitFork(2);
    assertThat(read.awaitLength(150).rootHash()).isEqualTo(written.info().rootHash());
    assertThat(read.check(SEED, 0, 70, 60)).isEqualTo(70);
    assertThat(read.check(2, 70, 75, 60)).isEqualTo(5);
    assertThat(read.check(3, 75, 150, 60)).isEqualTo(75);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void blocksThatWereForgottenAreMissedOnlyUntilTheyAreBack(Route route) throws Exception {
    Pair pair = pairs.of(route);
    PeerCore written = pair.writer().core("cleared", "cleared");
    written.fill(SEED, 0, 200, 60);
    PeerCore read = pair.reader().core("cleared", written.key());
    assertThat(read.awaitLength(200).length()).isEqualTo(200);
    written.clear(50, 150);
    for (int index = 60; index < 63; index++) {
      assertThat(read.readable(index, Duration.ofMillis(100))).isFalse();
    }
    assertThat(read.check(SEED, 0, 50, 60)).isEqualTo(50);
    assertThat(read.check(SEED, 150, 200, 60)).isEqualTo(50);
    written.fill(SEED, 200, 210, 60);
    assertThat(read.check(SEED, 200, 210, 60)).isEqualTo(10);
  }
}
