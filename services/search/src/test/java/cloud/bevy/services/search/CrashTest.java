package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.World;
import cloud.bevy.services.tables.Table;
import cloud.bevy.services.tables.Tables;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A machine that loses power while a table is written and its index follows.
final class CrashTest {
  private static final int SEEDS = 12;
  private static final int CRASHES = 3;
  private static final Path HOME = Path.of("/home");
  private static final int LATEST_CRASH = 250;

  @Test
  void overPowerCutsEveryAcknowledgedWriteIsFoundAndNothingElse() {
    crashes("search crashes", false);
  }

  @Test
  void theSameHoldsWhileTheIndexFollowsByItself() {
    crashes("crashes while following", true);
  }

  private static void crashes(String name, boolean following) {
    Seeds.forEach(
        name,
        SEEDS,
        simulation -> {
          List<String> stored = new ArrayList<>();
          SimulatedMachine machine = simulation.machine("a");
          for (int crash = 0; crash < CRASHES; crash++) {
            machine
                .disk()
                .failAt(1 + simulation.chance().below(LATEST_CRASH), DiskFailure.POWER_CUT);
            machine.run(world -> {
              try (SearchTestRun run = open(world, following)) {
                for (int i = 0; i < 30; i++) {
                  String key = "k" + stored.size();
                  run.put("{'p':'" + key + "','title':'same'}");
                  stored.add(key);
                  if (simulation.chance().below(3) == 0) {
                    run.lucene("same");
                  } else if (following) {
                    pause(world);
                  }
                }
              }
            });
          }
          machine.disk().failNoMore();
          machine.run(world -> {
            try (SearchTestRun run = open(world, following)) {
              List<String> found = run.lucene("title:same");
              assertThat(found).containsAll(stored).doesNotHaveDuplicates();
              for (String key : found) {
                assertThat(run.table().get(SearchTestRun.key(key))).as(key).isPresent();
              }
            }
          });
        });
  }

  /// So long that the index follows now and then.
  private static void pause(World world) {
    try {
      world.tasks().sleep(Duration.ofMillis(100));
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static SearchTestRun open(World world, boolean following) {
    SearchLimits limits = SearchLimits.defaults().notMapped();
    SearchTestRun run =
        following
            ? SearchTestRun.following(world, HOME, limits)
            : new SearchTestRun(world, HOME, limits);
    boolean there = Tables.of(run.cloud()).list("", 10).names().contains(SearchTestRun.TABLE);
    if (!there) {
      Table made = run.create("title");
      assertThat(made.description().name()).isEqualTo(SearchTestRun.TABLE);
    }
    return run;
  }
}
