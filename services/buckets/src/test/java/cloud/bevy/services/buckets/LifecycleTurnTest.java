package cloud.bevy.services.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.services.buckets.LifecycleTestRun.Rule;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Steps of a lifecycle that others have got in the way of between the look and the step, and a
/// machine that loses power while they are taken.
class LifecycleTurnTest {
  private static final Duration AGE = Duration.ofDays(9);
  private static final LifecycleRule EXPIRES = Rule.of("").expires(new LifecycleTime.Days(1));
  private static final LifecycleRule REMOVES = Rule.of("").removes(1, Optional.empty());

  private interface Scenario {
    void play(LifecycleTestRun run) throws Exception;
  }

  @Test
  void anObjectThatWasOverwrittenStays() {
    play(
        false,
        EXPIRES,
        run -> {
          StoredObject old = run.put("key");
          run.put("key", ObjectAttributes.NONE, 7);
          take(run, new LifecycleStep.Expire(old));
          run.with(bucket ->
              assertThat(bucket.find(new ObjectKey("key")).orElseThrow().size()).isEqualTo(7));
          take(run, new LifecycleStep.Expire(find(run)));
          assertThat(run.content()).as("what is still the same goes").isEmpty();
        });
  }

  @Test
  void aVersionThatHasGotANewerOneIsNotMarkedAsDeleted() {
    play(
        true,
        EXPIRES,
        run -> {
          StoredObject old = run.put("key");
          run.put("key");
          take(run, new LifecycleStep.Expire(old));
          assertThat(run.content()).containsExactly("key", "(key)");
        });
  }

  @Test
  void anObjectWhoseTagsTakeItOutOfTheRuleStays() {
    LifecycleFilter filter =
        new LifecycleFilter(
            false,
            Optional.empty(),
            new TreeMap<>(Map.of("keep", "no")),
            Optional.empty(),
            Optional.empty());
    play(
        true,
        Rule.of(filter).expires(new LifecycleTime.Days(1)),
        run -> {
          StoredObject old = run.put("key", LifecycleTestRun.tagged("keep", "no"), 1);
          run.with(bucket ->
              bucket.change(
                  old.key(),
                  Optional.empty(),
                  new Bucket.Change(
                      EventType.TAGS_PUT, it -> it.withTags(new TreeMap<>(Map.of())))));
          take(run, new LifecycleStep.Expire(old));
          assertThat(run.content()).containsExactly("key");
        });
  }

  @Test
  void aVersionThatHasBecomeCurrentAgainStays() {
    play(
        true,
        REMOVES,
        run -> {
          StoredObject old = run.put("key");
          StoredObject newer = run.put("key");
          LifecycleStep step = new LifecycleStep.Remove(old, new Noncurrent(newer.modified(), 0));
          run.with(bucket ->
              bucket.delete(
                  List.of(
                      new ObjectDeletion(
                          newer.key(),
                          Optional.of(newer.version().id()),
                          WriteCondition.always(),
                          false))));
          take(run, step);
          assertThat(run.content()).containsExactly("key");
          run.put("key");
          take(run, step);
          assertThat(run.content()).as("once it is not current it goes").containsExactly("key");
          run.with(bucket ->
              assertThat(bucket.find(old.key(), Optional.of(old.version().id()))).isEmpty());
        });
  }

  @Test
  void aVersionThatWasLockedStays() {
    play(
        true,
        REMOVES,
        run -> {
          StoredObject old = run.put("key");
          StoredObject newer = run.put("key");
          ObjectLock held = new ObjectLock(Optional.empty(), Optional.of(true));
          run.with(bucket ->
              assertThat(
                      bucket
                          .locks()
                          .change(
                              new Locks.Change(
                                  old.key(), Optional.of(old.version().id()), _ -> held, false)))
                  .isEqualTo(Locks.Outcome.DONE));
          take(run, new LifecycleStep.Remove(old, new Noncurrent(newer.modified(), 0)));
          assertThat(run.content()).containsExactly("key", "(key)");
        });
  }

  @Test
  void aMarkStaysThatIsNotAloneAnyMore() {
    play(
        true,
        EXPIRES,
        run -> {
          run.delete("key");
          DeleteMarker[] marker = new DeleteMarker[1];
          run.with(bucket ->
              marker[0] =
                  (DeleteMarker) bucket.find(new ObjectKey("key"), Optional.empty()).orElseThrow());
          run.put("key");
          take(run, new LifecycleStep.Unmark(marker[0]));
          assertThat(run.content()).containsExactly("key", "(key(marker))");
          run.delete("key");
          take(run, new LifecycleStep.Unmark(marker[0]));
          assertThat(run.content()).hasSize(3);
        });
  }

  @Test
  void nothingIsDoneByRulesThatAreNoMore() {
    play(
        false,
        EXPIRES,
        run -> {
          StoredObject object = run.put("key");
          LifecycleConfiguration before = configuration(run);
          run.with(bucket -> bucket.settings().delete(Setting.LIFECYCLE));
          take(run, before, new LifecycleStep.Expire(object));
          assertThat(run.content()).containsExactly("key");
        });
  }

  @Test
  void afterPowerCutsInTheMiddleAllOfItIsDoneAndNothingElse() {
    Seeds.forEach(
        "lifecycle crashes",
        3,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            try (LifecycleTestRun run = new LifecycleTestRun(world, false)) {
              run.rules(Rule.of("old/").expires(new LifecycleTime.Days(1)), Rule.of("").aborts(1));
              for (int i = 0; i < 5; i++) {
                run.put("old/" + i);
                ObjectKey key = new ObjectKey("upload/" + i);
                run.with(
                    bucket -> bucket.uploads().begin(key, ObjectAttributes.NONE, Optional.empty()));
              }
              run.put("new");
            }
          });
          for (int crash = 0; crash < 2; crash++) {
            machine.disk().failAt(1 + simulation.chance().below(50), DiskFailure.POWER_CUT);
            machine.run(world -> {
              var _ = new LifecycleTestRun(world, false);
              world.tasks().sleep(Duration.ofDays(3));
            });
          }
          machine.disk().failNoMore();
          machine.run(world -> {
            try (LifecycleTestRun run = new LifecycleTestRun(world, false)) {
              world.tasks().sleep(Duration.ofDays(3));
              assertThat(run.content()).containsExactly("new");
              ListQuery all = new ListQuery("", "", ListPosition.START, 9);
              run.with(bucket -> assertThat(bucket.uploads().list(all).entries()).isEmpty());
            }
          });
        });
  }

  /// Objects that are due are written over by others that are not, while the sweep is under way.
  @Test
  void whatIsWrittenOverWhileTheSweepRunsIsNeverLost() {
    LifecycleFilter filter =
        new LifecycleFilter(
            false,
            Optional.empty(),
            new TreeMap<>(Map.of("keep", "no")),
            Optional.empty(),
            Optional.empty());
    LifecycleRule rule = Rule.of(filter).expires(new LifecycleTime.Date(Instant.EPOCH));
    ObjectAttributes due = LifecycleTestRun.tagged("keep", "no");
    Seeds.forEach(
        "lifecycle races",
        3,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (LifecycleTestRun run = new LifecycleTestRun(world, false)) {
                    run.rules(rule);
                    AtomicBoolean done = new AtomicBoolean();
                    Tasks.Task sweeping =
                        world.tasks().start("sweeps", () -> sweepUntil(done, run, world.tasks()));
                    int swept = 0;
                    try {
                      for (int i = 0; i < 20; i++) {
                        run.put("key", due, 1);
                        if (i % 3 == 0) {
                          world.tasks().sleep(Duration.ofMillis(i));
                        }
                        swept += run.content().isEmpty() ? 1 : 0;
                        run.put("key", ObjectAttributes.NONE, 2);
                        world.tasks().sleep(Duration.ofMillis(simulation.chance().below(20)));
                        assertThat(run.content()).containsExactly("key");
                      }
                    } finally {
                      done.set(true);
                    }
                    assertThat(sweeping.join(Duration.ofMinutes(1))).isTrue();
                    assertThat(swept).as("the sweep was there").isPositive();
                  }
                }));
  }

  private static void sweepUntil(AtomicBoolean done, LifecycleTestRun run, Tasks tasks) {
    try {
      while (!done.get()) {
        run.with(bucket -> {
          var _ = new LifecycleSweep(bucket, done::get).run();
        });
        tasks.sleep(Duration.ofMillis(1));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static StoredObject find(LifecycleTestRun run) {
    StoredObject[] found = new StoredObject[1];
    run.with(bucket -> found[0] = bucket.find(new ObjectKey("key")).orElseThrow());
    return found[0];
  }

  private static LifecycleConfiguration configuration(LifecycleTestRun run) {
    LifecycleConfiguration[] found = new LifecycleConfiguration[1];
    run.with(bucket -> found[0] = bucket.settings().lifecycle());
    return found[0];
  }

  private static void take(LifecycleTestRun run, LifecycleStep step) {
    take(run, configuration(run), step);
  }

  /// Takes a step, as if it were some days later.
  private static void take(
      LifecycleTestRun run, LifecycleConfiguration lifecycle, LifecycleStep step) {
    Instant later = run.now().plus(AGE);
    run.with(bucket -> LifecycleTurn.take(bucket, lifecycle, later, List.of(step)));
  }

  private static void play(boolean versions, LifecycleRule rule, Scenario scenario) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  try (LifecycleTestRun run = new LifecycleTestRun(world, versions)) {
                    run.rules(rule);
                    scenario.play(run);
                  }
                }));
  }
}
