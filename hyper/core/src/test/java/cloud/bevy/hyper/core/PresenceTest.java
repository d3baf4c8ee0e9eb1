package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {
  @TempDir Path folder;
  private final World world = RealWorld.create((level, sentence) -> {});
  private Store store;
  private Core core;

  @BeforeEach
  void open() {
    store = Store.open(world, folder, StoreLimits.defaults());
    core = Corestore.open(world, store, new byte[32]).core("notes");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void append(int count) throws Exception {
    for (int left = count; left > 0; left -= 50_000) {
      core.append(Collections.nCopies(Math.min(left, 50_000), new byte[0]))
          .ticket()
          .await(Exchange.DEADLINE);
    }
  }

  private void assertPresent(BitSet expected, long length) {
    Replica replica = core.replica();
    int words = (int) (length / 32) + 3;
    int[] told = replica.presence(0, words);
    for (int index = 0; index < 32 * words; index++) {
      assertThat((told[index / 32] >>> (index % 32) & 1) == 1)
          .as("block %s", index)
          .isEqualTo(expected.get(index));
    }
    assertThat(replica.contiguous()).isEqualTo(expected.nextClearBit(0));
  }

  @Test
  void whatIsHereIsToldHoweverItCameAndWent() throws Exception {
    BitSet expected = new BitSet();
    Random random = new Random(3);
    Replica held = core.replica();
    append(200_000);
    expected.set(0, 200_000);
    for (int round = 0; round < 30; round++) {
      int from = random.nextInt((int) core.length());
      int to = from + random.nextInt(round % 3 == 0 ? 70_000 : 50) + 1;
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          core.clear(from, to).await(Exchange.DEADLINE);
          expected.clear(from, to);
        }
        case 2 -> {
          int length = (int) core.length() - random.nextInt(5_000);
          core.truncate(length).await(Exchange.DEADLINE);
          expected.clear(length, expected.size());
        }
        default -> {
          int length = (int) core.length();
          append(random.nextInt(9_000) + 1);
          expected.set(length, (int) core.length());
        }
      }
      if (round % 5 == 0) {
        assertPresent(expected, core.length());
      }
    }
    assertThat(core.replica()).isSameAs(held);
    store.close();
    open();
    assertPresent(expected, core.length());
  }

  @Test
  void wordsBeginAtAMultipleOfTheirBlocks() throws Exception {
    append(100);
    core.clear(64, 65).await(Exchange.DEADLINE);
    assertThat(core.replica().presence(64, 3)).containsExactly(-2, 0b1111, 0);
    assertThat(core.replica().presence(1L << 40, 2)).containsExactly(0, 0);
    assertThat(core.replica().presence(0, Replica.MOST_WORDS)).hasSize(Replica.MOST_WORDS);
    for (long from : new long[] {-32, 1, 33}) {
      assertThatThrownBy(() -> core.replica().presence(from, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> core.replica().presence(0, Replica.MOST_WORDS + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsHereOfACoreThatWasNeverStored() {
    Core remote =
        Corestore.open(world, store, new byte[32]).remote(Manifest.single(Golden.pair(9)).key());
    assertThat(remote.replica().contiguous()).isZero();
    assertThat(remote.replica().presence(0, 2)).containsExactly(0, 0);
    assertThat(remote.replica().missingNodes(4)).isZero();
    assertThat(remote.replica().canUpgradeFrom(0)).isFalse();
  }

  @Test
  void extentsAreGatheredFromNeighbours() {
    assertThat(Extent.of(new long[] {3, 4, 5, 9, 7, 8, 8}))
        .isEqualTo(
            List.of(new Extent(3, 6), new Extent(9, 10), new Extent(7, 9), new Extent(8, 9)));
    assertThat(Extent.of(new long[] {})).isEmpty();
  }
}
