package cloud.bevy.foundation.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RealDeadlinesTest {
  private static final long LONG = Duration.ofMinutes(1).toNanos();
  private static final long SHORT = Duration.ofMillis(20).toNanos();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MANY = 300;

  private final Time time = new RealTime();
  private final Tasks tasks = new RealTasks((_, _) -> {}, time);
  private final RealDeadlines deadlines = new RealDeadlines(time);
  private final CompletableFuture<String> never = new CompletableFuture<>();

  @Test
  void aWaitEndsWithTheValueOrTheFailure() throws Exception {
    CompletableFuture<String> value = new CompletableFuture<>();
    tasks.start("giver", () -> value.complete("x"));
    assertThat(deadlines.await(value, LONG)).isEqualTo("x");
    CompletableFuture<String> failing = new CompletableFuture<>();
    tasks.start("breaker", () -> failing.completeExceptionally(new IllegalStateException("y")));
    assertThatThrownBy(() -> deadlines.await(failing, LONG))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("y");
  }

  @Test
  void aWaitEndsAtItsDeadlineAndLeavesNoInterrupt() {
    long begun = time.nanos();
    assertThatThrownBy(() -> deadlines.await(never, SHORT)).isInstanceOf(TimeoutException.class);
    assertThat(time.nanos() - begun).isBetween(SHORT, LONG / 2);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anEarlierDeadlineIsKeptThoughTheWatcherMeantToLookLater() throws Exception {
    Tasks.Task waiter = tasks.start("waiter", () -> expectTimeout(LONG));
    tasks.sleep(RealDeadlines.GRAIN.multipliedBy(8)); // it looks ever more rarely
    long begun = time.nanos();
    assertThatThrownBy(() -> deadlines.await(never, SHORT)).isInstanceOf(TimeoutException.class);
    assertThat(time.nanos() - begun).isLessThan(LONG / 4);
    waiter.interrupt();
    assertThat(waiter.join(PATIENCE)).isTrue();
  }

  @Test
  void anInterruptIsNotADeadline() throws Exception {
    CompletableFuture<Class<?>> seen = new CompletableFuture<>();
    Tasks.Task waiter =
        tasks.start(
            "waiter",
            () -> {
              try {
                deadlines.await(never, LONG);
              } catch (InterruptedException | ExecutionException | TimeoutException end) {
                seen.complete(end.getClass());
              }
            });
    waiter.interrupt();
    assertThat(tasks.await(seen, PATIENCE)).isEqualTo(InterruptedException.class);
  }

  @Test
  void nobodyWatchesOnceNobodyWaits() throws Exception {
    expectTimeout(SHORT);
    long begun = time.nanos();
    while (deadlines.watching()) {
      assertThat(time.nanos() - begun).isLessThan(LONG / 2);
      tasks.sleep(Duration.ofMillis(1));
    }
  }

  @Test
  void valuesThatComeAtTheDeadlineAreEitherSeenOrLateAndNoInterruptIsLeft() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger interrupted = new AtomicInteger();
    List<Tasks.Task> all = new ArrayList<>();
    for (int each = 0; each < MANY; each++) {
      CompletableFuture<String> value = new CompletableFuture<>();
      long deadline = random.nextLong(2 * SHORT);
      Duration given = Duration.ofNanos(deadline + random.nextLong(-SHORT, 10 * SHORT));
      tasks.after(given, "giver", () -> value.complete("x"));
      all.add(
          tasks.start(
              "waiter",
              () -> {
                try {
                  assertThat(deadlines.await(value, deadline)).isEqualTo("x");
                } catch (InterruptedException | ExecutionException wrong) {
                  throw new IllegalStateException(wrong);
                } catch (TimeoutException late) {
                  assertThat(late).isNotNull();
                }
                interrupted.addAndGet(Thread.interrupted() ? 1 : 0);
                ended.incrementAndGet();
              }));
    }
    for (Tasks.Task task : all) {
      assertThat(task.join(PATIENCE)).isTrue();
    }
    assertThat(ended).hasValue(MANY);
    assertThat(interrupted).hasValue(0);
  }

  private void expectTimeout(long nanos) {
    try {
      deadlines.await(never, nanos);
    } catch (TimeoutException | InterruptedException expected) {
      assertThat(expected).isNotNull();
    } catch (ExecutionException wrong) {
      throw new IllegalStateException(wrong);
    }
  }
}
