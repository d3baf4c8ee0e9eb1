package cloud.bevy.hyper.store;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random batches against plain maps, on the real disk, with limits so small that everything
/// happens often: sealing, eviction, reclaiming, restarts.
final class StoreModelTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final StoreLimits TINY =
      new StoreLimits(8 << 10, 120, 1 << 20, 2, 3, Duration.ofSeconds(10));

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatWasSubmittedIsReadAtOnceAndAfterARestart(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    World world = RealWorld.create((level, sentence) -> {});
    Model model = new Model();
    for (int run = 0; run < 4; run++) {
      try (Store store = Store.open(world, directory, TINY)) {
        model.check(store);
        write(random, store, model);
        if (run % 2 == 1) {
          store.reclaim();
          model.check(store);
        }
      }
    }
  }

  private static void write(SplittableRandom random, Store store, Model model) throws Exception {
    for (int i = 0; i < 30; i++) {
      Batch batch = new Batch();
      for (Model.Step step : model.randomBatch(random, 4, 7, 300)) {
        step.in(model, store, batch);
      }
      Ticket ticket = store.submit(batch);
      if (random.nextInt(3) == 0) {
        model.check(store);
        ticket.await(DEADLINE);
      }
    }
  }

  @Test
  void positionsOfTreeNodesAreWithoutGapInTheOrderInWhichBlocksCompleteThem() {
    for (long position = 0; position < 10_000; position++) {
      long index = TreeNode.index(position);
      org.assertj.core.api.Assertions.assertThat(TreeNode.position(index)).isEqualTo(position);
    }
  }
}
