package cloud.bevy.hyper.bee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class NodeCacheTest {
  private static final byte[] CORE = new byte[32];
  private static final NodeCache.Shelf SHELF = new NodeCache.Shelf(CORE, 0);

  @Test
  void aCacheNeverTakesMoreThanItsBytes() {
    NodeCache cache = new NodeCache(100_000);
    for (int i = 1; i < 5_000; i++) {
      cache.keep(SHELF, block(i, 100));
      assertThat(cache.bytes()).isLessThanOrEqualTo(100_000);
    }
    assertThat(cache.size()).isGreaterThan(100);
  }

  @Test
  void whatABlockGrowsByIsCounted() {
    NodeCache cache = new NodeCache(100_000);
    Block block = block(1, 100);
    cache.keep(SHELF, block);
    long before = cache.bytes();
    cache.grew(SHELF, block, 50);
    assertThat(cache.bytes()).isEqualTo(before + 50);
    cache.grew(SHELF, block(1, 100), 50);
    assertThat(cache.bytes()).as("a block that is not the one in the cache").isEqualTo(before + 50);
  }

  @Test
  void whatIsUsedOutlivesWhatIsNot() {
    NodeCache cache = new NodeCache(100_000);
    cache.keep(SHELF, block(1, 100));
    for (int i = 2; i < 2_000; i++) {
      cache.keep(SHELF, block(i, 100));
      assertThat(cache.find(SHELF, 1)).isNotNull();
    }
    assertThat(cache.find(SHELF, 2)).isNull();
  }

  @Test
  void whatIsReadOncePushesNothingOutOfAFullCache() {
    NodeCache cache = new NodeCache(100_000);
    int kept = 0;
    for (int i = 1; i < 2_000; i++) {
      cache.keepRead(SHELF, block(i, 100));
      kept = cache.find(SHELF, i) == null ? kept : i;
    }
    int size = cache.size();
    assertThat(kept).as("those that came while there was room").isBetween(100, 1_000);
    cache.keepRead(SHELF, block(1_500, 100));
    assertThat(cache.find(SHELF, 1_500)).as("what is read again").isNotNull();
    assertThat(cache.size()).isBetween(size - 1, size + 1);
    assertThat(cache.bytes()).isLessThanOrEqualTo(100_000);
  }

  @Test
  void whatWasWrittenIsKeptThoughTheCacheIsFull() {
    NodeCache cache = new NodeCache(100_000);
    for (int i = 1; i < 2_000; i++) {
      cache.keep(SHELF, block(i, 100));
    }
    assertThat(cache.find(SHELF, 1_999)).isNotNull();
    assertThat(cache.find(SHELF, 1)).isNull();
  }

  @Test
  void aFullCacheKeepsValuesThatAreAskedFor() {
    NodeCache cache = new NodeCache(100_000);
    for (int i = 1; i < 2_000; i++) {
      cache.keepWritten(SHELF, block(i, 1_000));
    }
    Block block = Objects.requireNonNull(cache.find(SHELF, 1_999));
    assertThat(block.bytes()).as("without its value").isLessThan(1_000);
    assertThat(cache.size()).as("many more than there are with values").isGreaterThan(300);

    Values values = new Values(cache);
    assertThat(block.value(values)).hasSize(1_000);
    assertThat(block.value(values)).hasSize(1_000);
    assertThat(values.asked).as("once, and then it is kept").isEqualTo(1);
    assertThat(block.bytes()).isGreaterThan(1_000);
    assertThat(cache.bytes()).isLessThanOrEqualTo(100_000);
  }

  @Test
  void aCacheThatIsNotFullKeepsValues() {
    NodeCache cache = new NodeCache(100_000);
    cache.keepWritten(SHELF, block(1, 1_000));
    cache.keepRead(SHELF, block(2, 1_000));
    assertThat(Objects.requireNonNull(cache.find(SHELF, 1)).bytes()).isGreaterThan(1_000);
    assertThat(Objects.requireNonNull(cache.find(SHELF, 2)).bytes()).isGreaterThan(1_000);
  }

  @Test
  void aClearedCacheTakesInWhatIsReadOnce() {
    NodeCache cache = new NodeCache(100_000);
    for (int i = 1; i < 2_000; i++) {
      cache.keepRead(SHELF, block(i, 100));
    }
    cache.clear();
    cache.keepRead(SHELF, block(5_000, 100));
    assertThat(cache.find(SHELF, 5_000)).isNotNull();
  }

  @Test
  void aBlockThatWouldPushOutTooMuchIsNotKept() {
    NodeCache cache = new NodeCache(100_000);
    cache.keep(SHELF, block(1, 50_000));
    assertThat(cache.find(SHELF, 1)).isNull();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void aClearedCacheHoldsNothingAndCanBeFilledAgain() {
    NodeCache cache = new NodeCache(100_000);
    cache.keep(SHELF, block(1, 100));
    cache.clear();
    assertThat(cache.find(SHELF, 1)).isNull();
    assertThat(cache.bytes()).isZero();
    cache.keep(SHELF, block(1, 100));
    assertThat(cache.find(SHELF, 1)).isNotNull();
  }

  @Test
  void aForkDoesNotFindTheBlocksOfAnother() {
    NodeCache cache = new NodeCache(100_000);
    cache.keep(SHELF, block(1, 100));
    assertThat(cache.find(new NodeCache.Shelf(CORE, 1), 1)).isNull();
    assertThat(cache.find(new NodeCache.Shelf(CORE.clone(), 0), 1)).isNotNull();
    byte[] other = CORE.clone();
    other[31] = 1;
    assertThat(cache.find(new NodeCache.Shelf(other, 0), 1)).isNull();
  }

  /// A core that has every value.
  private static final class Values implements Blocks {
    private final NodeCache cache;
    private int asked;

    Values(NodeCache cache) {
      this.cache = cache;
    }

    @Override
    public Block block(long sequence) {
      throw new AssertionError("nobody looks at nodes");
    }

    @Override
    public byte[] value(long sequence) {
      asked++;
      return new byte[1_000];
    }

    @Override
    public void grew(Block block, int bytes) {
      cache.grew(SHELF, block, bytes);
    }
  }

  private static Block block(long sequence, int valueBytes) {
    Block.Value value = new Block.Value.Kept(new byte[valueBytes]);
    return new Block(sequence, new byte[10], value, new byte[0]);
  }
}
