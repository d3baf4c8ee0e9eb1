package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.services.functions.FeedTarget.Answer;
import cloud.bevy.services.functions.FeedTestRun.Outside;
import cloud.bevy.services.functions.FeedTestRun.Told;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A machine that loses power between a change and the moment at which it is noted that a function
/// has taken it.
class FeedCrashTest {
  private static final int SEEDS = 20;
  private static final int CRASHES = 4;
  private static final int LATEST_CRASH = 150;
  private static final int BAD = 7;

  @Test
  void whatAFunctionHasTakenIsToldAgainWhereThatWasNotNoted() {
    Outside outside = new Outside();
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          outside.function =
              (world, records) -> {
                machine.crash(); // the function has done its work, and nobody hears of it
                return new Answer.Taken();
              };
          machine.run(world -> {
            FeedTestRun run = new FeedTestRun(world, outside);
            run.write(3);
            run.deploy();
            world.tasks().sleep(Duration.ofMinutes(1));
          });
          outside.function = (world, records) -> new Answer.Taken();
          machine.run(world -> {
            try (FeedTestRun run = new FeedTestRun(world, outside)) {
              world.tasks().sleep(Duration.ofSeconds(1));
              assertThat(run.standing().lag().records()).isZero();
            }
          });
          assertThat(outside.told)
              .extracting(Told::records)
              .containsExactly(List.of(0, 1, 2), List.of(0, 1, 2));
        });
  }

  @Test
  void overPowerCutsNoRecordIsSkippedAndAllAreInTheirOrder() {
    Seeds.forEach(
        "feed crashes",
        SEEDS,
        simulation -> {
          Outside outside = new Outside();
          outside.table = Optional.of(FeedTestRun.spec(1, true));
          outside.function =
              (world, records) ->
                  records.contains(BAD) ? new Answer.Refused("bad") : new Answer.Taken();
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            try (FeedTestRun run = new FeedTestRun(world, outside)) {
              run.deploy();
            }
          });
          for (int crash = 0; crash < CRASHES; crash++) {
            int call = 1 + simulation.chance().below(LATEST_CRASH);
            machine.disk().failAt(call, DiskFailure.POWER_CUT);
            machine.run(world -> {
              FeedTestRun run = new FeedTestRun(world, outside);
              for (int i = 0; i < LATEST_CRASH; i++) {
                run.write(1);
                world.tasks().sleep(Duration.ofMillis(simulation.chance().below(40)));
              }
            });
          }
          machine.disk().failNoMore();
          machine.run(world -> {
            try (FeedTestRun run = new FeedTestRun(world, outside)) {
              world.tasks().sleep(Duration.ofMinutes(5));
              assertThat(run.standing().lag().records()).isZero();
            }
          });
          check(outside);
        });
  }

  private static void check(Outside outside) {
    int end = outside.memory.feed.log.size();
    int reached = 0;
    for (Told told : outside.told) {
      int first = told.records().getFirst();
      assertThat(first).as("none is skipped").isLessThanOrEqualTo(reached);
      assertThat(told.records())
          .as("the order of the log")
          .isEqualTo(IntStream.range(first, first + told.records().size()).boxed().toList());
      reached = Math.max(reached, first + told.records().size());
    }
    assertThat(outside.taken)
        .containsAll(IntStream.range(0, end).filter(n -> n != BAD).boxed().toList());
    assertThat(outside.dead()).containsExactly(BAD);
  }
}
