package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often the disk is asked for blocks of sealed segments.
final class ReadAheadTest {
  private static final int BLOCKS = 30_000;
  private static final int AT_ONCE = 1_000;
  private static final int READS = 2_000;
  private static final int SIZE = 200;
  private static final long SEED = 11;
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private final Map<String, Integer> calls = new ConcurrentHashMap<>();
  private final World world =
      Meddled.files(RealWorld.create(System.err), method -> calls.merge(method, 1, Integer::sum));

  /// The beginning of what is read ahead is found by asking for the file's size.
  @Test
  void whoReadsHereAndThereReadsNothingAhead(@TempDir Path folder) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    read(folder, random.ints(READS, 0, BLOCKS).toArray());
    assertThat(calls.getOrDefault("size", 0)).isLessThan(READS / 50);
    assertThat(calls.get("readFully")).as("a place and a block").isBetween(READS, 3 * READS);
  }

  @Test
  void whoReadsOneAfterTheOtherSeldomAsksTheDisk(@TempDir Path folder) throws IOException {
    read(folder, IntStream.range(0, BLOCKS).toArray());
    assertThat(calls.get("readFully")).isLessThan(BLOCKS / 50);
  }

  private void read(Path folder, int[] wanted) throws IOException {
    try (Store store = Store.open(world, folder, StoreLimits.defaults())) {
      StoredCore core = store.create(Model.id(1), new byte[0]);
      for (int from = 0; from < BLOCKS; from += AT_ONCE) {
        Batch batch = new Batch();
        for (int index = from; index < from + AT_ONCE; index++) {
          batch.block(core, index, ByteBuffer.wrap(content(index)));
        }
        store.submit(batch).await(DEADLINE);
      }
      assertThat(store.reclaim()).as("all is alive, and sealed now").isNotPositive();
      calls.clear();
      for (int index : wanted) {
        BlockLookup found = core.block(index);
        assertThat(((BlockLookup.Found) found).toArray()).isEqualTo(content(index));
      }
    } catch (Exception failed) {
      throw new IOException(failed);
    }
  }

  private static byte[] content(int index) {
    byte[] content = new byte[SIZE];
    content[0] = (byte) index;
    content[1] = (byte) (index >> 8);
    return content;
  }
}
