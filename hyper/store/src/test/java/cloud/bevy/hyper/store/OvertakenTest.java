package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.Seeds;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Readers and writers that are so slow to open a file that it has been replaced and deleted when
/// they do.
final class OvertakenTest {
  private static final int SEEDS = 40;
  private static final int CORES = 8;
  private static final int BATCHES = 30;
  private static final int BYTES = 900;
  private static final Duration LATE = Duration.ofMillis(50);
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  /// Each batch fills a segment, which makes a checkpoint; and hardly a core stays awake.
  private static final StoreLimits RESTLESS =
      new StoreLimits(1 << 10, 60, 1 << 20, 1, 1, Duration.ofSeconds(10));

  @Test
  void whoeverWakesACoreIsNotDisturbedByTheCheckpointsMadeMeanwhile() {
    Seeds.forEach(
        "overtaken",
        SEEDS,
        simulation -> {
          simulation
              .machine("a")
              .run(world -> {
                World late = Meddled.disk(world, method -> beLate(world, method));
                try (Store store = Store.open(late, Workload.DIRECTORY, RESTLESS)) {
                  overtake(world, store);
                }
              });
        });
  }

  private static void beLate(World world, String method) throws InterruptedException {
    if (method.equals("open") && world.chance().below(4) == 0) {
      world.tasks().sleep(LATE);
    }
  }

  private static void overtake(World world, Store store) throws Exception {
    for (int core = 0; core < CORES; core++) {
      append(store, core).await(DEADLINE);
    }
    Tasks.Task writer = world.tasks().start("writer", () -> write(store));
    while (!writer.ended()) {
      int core = world.chance().below(CORES - 1) + 1;
      StoredCore found = store.find(Model.id(core)).orElseThrow();
      assertThat(found.block(0)).isInstanceOf(BlockLookup.Found.class);
      append(store, core).await(DEADLINE);
    }
  }

  private static void write(Store store) {
    try {
      for (int batch = 0; batch < BATCHES; batch++) {
        append(store, 0).await(DEADLINE);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Ticket append(Store store, int number) {
    CoreId id = Model.id(number);
    StoredCore core = Model.handle(store, id);
    long end = core.head().length();
    Head head = new Head(end + 1, BYTES, 0, new byte[32], new byte[64]);
    return store.submit(new Batch().block(core, end, ByteBuffer.allocate(BYTES)).head(core, head));
  }
}
