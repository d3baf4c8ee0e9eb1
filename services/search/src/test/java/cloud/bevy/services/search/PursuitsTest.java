package cloud.bevy.services.search;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.services.search.Pursuit.Outcome;
import cloud.bevy.testing.simulator.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Work that is done while there is some, in a simulated world.
final class PursuitsTest {
  private static final int SEEDS = 10;
  private static final Duration LONG = Duration.ofSeconds(60);

  private static void run(String name, Consumer<SearchTestRun> test) {
    Seeds.forEach(
        name,
        SEEDS,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  SearchLimits limits = SearchLimits.defaults().notMapped();
                  try (SearchTestRun run = new SearchTestRun(world, Path.of("/home"), limits)) {
                    test.accept(run);
                  }
                }));
  }

  private static void pass(SearchTestRun run, Duration time) {
    try {
      run.cloud().world().tasks().sleep(time);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void everyWakeIsFollowedByAPieceThatBeginsAfterIt() {
    run(
        "wakes",
        run -> {
          Pursuits pursuits = new Pursuits(run.cloud().world(), 1);
          AtomicInteger written = new AtomicInteger();
          AtomicInteger seen = new AtomicInteger();
          AtomicInteger pieces = new AtomicInteger();
          Pursuit pursuit =
              pursuits.of(
                  run.cloud(),
                  _ -> {
                    int now = written.get();
                    pieces.incrementAndGet();
                    pass(run, Duration.ofMillis(30));
                    seen.set(now);
                    return Outcome.DONE;
                  });
          for (int i = 0; i < 200; i++) {
            written.incrementAndGet();
            pursuit.wake();
            pass(run, Duration.ofMillis(10));
          }
          pass(run, Duration.ofSeconds(1));
          assertThat(seen.get()).isEqualTo(200);
          assertThat(pieces.get()).as("many are taken up together").isBetween(3, 20);
          assertThat(pursuits.workers()).isZero();
        });
  }

  @Test
  void longWorkAndShortWorkTakeTurnsAndOnlySoManyAtATime() {
    run(
        "turns",
        run -> {
          Pursuits pursuits = new Pursuits(run.cloud().world(), 2);
          AtomicInteger working = new AtomicInteger();
          AtomicInteger most = new AtomicInteger();
          List<String> done = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            int number = i;
            AtomicInteger left = new AtomicInteger(number == 0 ? 20 : 2);
            pursuits
                .of(
                    run.cloud(),
                    enough -> {
                      most.accumulateAndGet(working.incrementAndGet(), Math::max);
                      while (!enough.getAsBoolean()) {
                        pass(run, Duration.ofMillis(10));
                      }
                      working.decrementAndGet();
                      if (left.decrementAndGet() > 0) {
                        return Outcome.MORE;
                      }
                      done.add("" + number);
                      return Outcome.DONE;
                    })
                .wake();
          }
          pass(run, LONG);
          assertThat(most.get()).isEqualTo(2);
          assertThat(done).hasSize(5).endsWith("0");
          assertThat(pursuits.workers()).isZero();
        });
  }

  @Test
  void whatFailsIsTriedAFewTimesAndThenRestsUntilItIsWoken() {
    run(
        "failures",
        run -> {
          Pursuits pursuits = new Pursuits(run.cloud().world(), 1);
          AtomicInteger tries = new AtomicInteger();
          AtomicBoolean broken = new AtomicBoolean(true);
          Pursuit pursuit =
              pursuits.of(
                  run.cloud(),
                  _ -> {
                    tries.incrementAndGet();
                    if (broken.get()) {
                      throw new IllegalStateException("no");
                    }
                    return Outcome.DONE;
                  });
          pursuit.wake();
          pass(run, LONG);
          assertThat(tries.get()).isEqualTo(3);
          assertThat(pursuits.workers()).isZero();
          broken.set(false);
          pursuit.wake();
          pass(run, LONG);
          assertThat(tries.get()).isEqualTo(4);
        });
  }

  @Test
  void whatIsClosedDoesNothingMore() {
    run(
        "closing",
        run -> {
          Pursuits pursuits = new Pursuits(run.cloud().world(), 1);
          AtomicInteger pieces = new AtomicInteger();
          Pursuit pursuit =
              pursuits.of(
                  run.cloud(),
                  enough -> {
                    pieces.incrementAndGet();
                    while (!enough.getAsBoolean()) {
                      pass(run, Duration.ofMillis(1));
                    }
                    return Outcome.MORE;
                  });
          pursuit.wake();
          pass(run, Duration.ofSeconds(2));
          pursuit.close();
          int before = pieces.get();
          assertThat(before).isGreaterThan(3);
          pursuit.wake();
          pass(run, LONG);
          assertThat(pieces.get()).isEqualTo(before);
          assertThat(pursuits.workers()).isZero();
        });
  }
}
