package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// A machine that loses power between a change and the moment at which a function has heard of it.
class EventCrashTest {
  private static final int SEEDS = 20;
  private static final int CRASHES = 3;
  private static final int LATEST_CRASH = 120;

  @Test
  void whatAFunctionHasNotHeardOfIsToldAfterTheMachineCameBack() {
    AtomicBoolean slow = new AtomicBoolean(true);
    TestTarget target =
        new TestTarget() {
          @Override
          Answer answer(Cloud cloud, BucketEvent event) {
            try {
              cloud.world().tasks().sleep(slow.get() ? Duration.ofHours(1) : Duration.ZERO);
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
            return Answer.TAKEN;
          }
        };
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            LifecycleTestRun run = new LifecycleTestRun(world, false, target);
            tell(run);
            run.put("a");
            run.put("b");
            run.put("a");
          });
          machine.crash();
          assertThat(target.told()).as("it crashes before that").isEmpty();
          slow.set(false);
          machine.run(world -> {
            try (LifecycleTestRun run = new LifecycleTestRun(world, false, target)) {
              world.tasks().sleep(Duration.ofSeconds(1));
              assertThat(target.taken())
                  .containsExactlyInAnyOrder("CREATED_PUT a", "CREATED_PUT b", "CREATED_PUT a");
              assertThat(
                      target.told().stream()
                          .filter(told -> told.key().equals("a"))
                          .map(told -> told.event().sequence()))
                  .isSorted();
              assertThat(run.events().taken()).isEqualTo(3);
            }
          });
        });
  }

  @Test
  void overPowerCutsNothingThatWasAcknowledgedIsNeverTold() {
    Seeds.forEach(
        "event crashes",
        SEEDS,
        simulation -> {
          TestTarget target = new TestTarget();
          List<String> stored = new ArrayList<>();
          SimulatedMachine machine = simulation.machine("a");
          for (int crash = 0; crash < CRASHES; crash++) {
            int call = 1 + simulation.chance().below(LATEST_CRASH);
            machine.disk().failAt(call, DiskFailure.POWER_CUT);
            machine.run(world -> {
              LifecycleTestRun run = new LifecycleTestRun(world, false, target);
              tell(run);
              for (int i = 0; i < LATEST_CRASH; i++) {
                String key = "k" + stored.size();
                run.put(key);
                stored.add(key);
                world.tasks().sleep(Duration.ofMillis(simulation.chance().below(4)));
              }
            });
          }
          machine.disk().failNoMore();
          machine.run(world -> {
            try (LifecycleTestRun run = new LifecycleTestRun(world, false, target)) {
              world.tasks().sleep(Duration.ofMinutes(1));
              assertThat(target.told()).extracting(TestTarget.Told::key).containsAll(stored);
              assertThat(run.content()).containsAll(stored);
              assertThat(run.content())
                  .as("nobody is told of what is not there")
                  .containsAll(target.told().stream().map(TestTarget.Told::key).toList());
            }
          });
        });
  }

  private static void tell(LifecycleTestRun run) {
    NotificationRule rule = TestTarget.rule("f", "", "s3:ObjectCreated:*");
    run.with(bucket -> bucket.settings().put(TestTarget.rules(rule)));
  }
}
