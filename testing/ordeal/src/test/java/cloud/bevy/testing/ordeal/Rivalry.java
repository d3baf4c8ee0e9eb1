package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.oracles.Deed.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// Rivals that work at once, while the process is killed or ended and started again. What they were
/// told must have an order that explains it all.
final class Rivalry {
  static final int RIVALS = 10;

  private static final int FEWEST_DEEDS = 100;
  private static final int MOST_DEEDS = 600;
  private static final long STEP_MILLIS = 1;
  private static final int ENDS_GENTLY = 4;

  private final Path home;
  private final List<? extends Rival> rivals;
  private final Connector connector;
  private final SplittableRandom random;
  private final RivalField field;

  /// Gives all rivals a client of a process, until what is returned is closed.
  @FunctionalInterface
  interface Connector {
    SdkAutoCloseable connect(BevyProcess bevy);
  }

  Rivalry(Path home, List<? extends Rival> rivals, Connector connector, long seed) {
    this.home = home;
    this.rivals = rivals;
    this.connector = connector;
    this.random = new SplittableRandom(seed);
    this.field = rivals.getFirst().field();
  }

  /// Works for some rounds, each of which ends with the process, and judges.
  void judge(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      round(round % ENDS_GENTLY == ENDS_GENTLY - 1);
    }
    try (BevyProcess bevy = BevyProcess.start(home);
        SdkAutoCloseable _ = connector.connect(bevy)) {
      lookAround();
    }
    System.out.println(field.history().answers());
    assertThat(field.history().answers()).containsKeys(Answer.values());
    field.history().check();
  }

  private void round(boolean gently) throws Exception {
    try (BevyProcess bevy = BevyProcess.start(home);
        SdkAutoCloseable _ = connector.connect(bevy);
        ExecutorService threads = Executors.newFixedThreadPool(rivals.size())) {
      lookAround();
      List<Future<?>> working = new ArrayList<>();
      rivals.forEach(rival -> working.add(threads.submit(rival::work)));
      awaitDeeds(random.nextInt(FEWEST_DEEDS, MOST_DEEDS), working);
      assertThat(bevy.alive()).isTrue();
      if (gently) {
        bevy.stop();
      } else {
        bevy.kill();
      }
      for (Future<?> each : working) {
        each.get();
      }
      long dead = System.nanoTime();
      rivals.forEach(rival -> rival.settle(dead));
    }
  }

  /// Waits until so many more have been done, all of which are answered.
  private void awaitDeeds(int count, List<Future<?>> working) throws Exception {
    int enough = field.history().size() + count;
    while (field.history().size() < enough) {
      Thread.sleep(STEP_MILLIS);
      for (Future<?> each : working) {
        if (each.isDone()) {
          each.get();
        }
      }
      assertThat(working).as("nothing goes unanswered before the end").noneMatch(Future::isDone);
    }
  }

  /// Reads everything while nobody writes.
  private void lookAround() {
    Rival first = rivals.getFirst();
    first.list();
    field.keys().forEach(first::read);
  }
}
