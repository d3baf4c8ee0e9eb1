package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.Bee;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What is left on disk of how far feeds were.
class FeedStatesTest {
  private static final int CHANGES = 1_000;
  private static final FeedSource.Place BEGIN = new FeedSource.Place("table", "stream", 0, 0);

  private interface Use {
    void by(Cloud cloud);
  }

  private static void run(Use... uses) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  for (Use use : uses) {
                    with(world, use);
                  }
                }));
  }

  private static void with(World world, Use use) {
    try (Clouds clouds = Clouds.open(world, Path.of("/home"), CloudLimits.defaults())) {
      if (clouds.open("home").isEmpty()) {
        clouds.create("home");
      }
      try (Lease lease = clouds.open("home").orElseThrow()) {
        use.by(lease.cloud());
      }
    }
  }

  private static FeedId feed(int number) {
    return new FeedId("app", "T" + number);
  }

  private static void make(Cloud cloud, int feeds) {
    FeedStates states = new FeedStates(cloud);
    for (int i = 0; i < feeds; i++) {
      states.put(feed(i), FeedState.begin("table", BEGIN, Instant.EPOCH));
    }
  }

  private static void deliver(Cloud cloud, FeedId feed, int times) {
    FeedStates states = new FeedStates(cloud);
    for (int i = 0; i < times; i++) {
      FeedStates.Kept kept = states.find(feed).orElseThrow();
      FeedSource.Place next = kept.state().place().at(kept.state().place().next() + 1);
      states.replace(kept, kept.state().delivered(next, 1));
    }
  }

  private static long blocks(Cloud cloud) {
    Bee bee = cloud.bee("feeds");
    return LongStream.range(0, bee.core().length()).filter(bee.core()::has).count();
  }

  @Test
  void theLogOfABusyFeedDoesNotGrowForEver() {
    run(cloud -> {
      make(cloud, 3);
      deliver(cloud, feed(1), CHANGES);
      assertThat(cloud.bee("feeds").core().length()).isGreaterThan(CHANGES);
      assertThat(blocks(cloud)).isLessThan(FeedStates.KEPT + 2 * FeedStates.STEP);
    });
  }

  @Test
  void statesThatNobodyChangesOutlastTheBlocksTheyWereWrittenIn() {
    run(
        cloud -> {
          make(cloud, 40);
          deliver(cloud, feed(7), CHANGES);
        },
        cloud -> {
          List<FeedStates.Kept> all = new FeedStates(cloud).all();
          assertThat(all).hasSize(40);
          assertThat(all.stream().mapToLong(each -> each.state().tally().delivered()).sum())
              .isEqualTo(CHANGES);
          assertThat(cloud.bee("feeds").core().has(2)).isFalse();
          assertThat(cloud.bee("feeds").verify().problems()).isEmpty();
        });
  }

  @Test
  void aStateThatWasWrittenAnewIsNoOtherState() {
    run(cloud -> {
      make(cloud, 2);
      FeedStates states = new FeedStates(cloud);
      FeedStates.Kept kept = states.find(feed(0)).orElseThrow();
      deliver(cloud, feed(1), (int) FeedStates.STEP);
      states.replace(kept, kept.state().delivered(BEGIN.at(9), 5));
      assertThat(states.find(feed(0)).orElseThrow().state().tally().delivered()).isEqualTo(5);
      states.replace(kept, kept.state().delivered(BEGIN.at(1), 1));
      assertThat(states.find(feed(0)).orElseThrow().state().tally().delivered()).isEqualTo(5);
    });
  }

  @Test
  void whoReadsWhileTheLogIsShortenedFindsAll() {
    run(cloud -> {
      make(cloud, 5);
      FeedStates states = new FeedStates(cloud);
      IntStream.range(0, 9)
          .forEach(_ -> {
            var before = cloud.bee("feeds").now();
            deliver(cloud, feed(0), (int) FeedStates.STEP);
            for (int i = 0; i < 5; i++) {
              assertThat(before.get(feed(i).key())).isPresent();
            }
          });
      assertThat(states.all()).hasSize(5);
    });
  }
}
