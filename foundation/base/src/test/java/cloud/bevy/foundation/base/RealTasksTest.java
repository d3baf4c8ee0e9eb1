package cloud.bevy.foundation.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class RealTasksTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final List<String> sentences = new CopyOnWriteArrayList<>();
  private final Tasks tasks =
      new RealTasks((level, sentence) -> sentences.add(sentence), new RealTime());

  @Test
  void aTaskRunsOnAVirtualThreadOfItsName() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Tasks.Task task = tasks.start("worker", () -> thread.complete(Thread.currentThread()));
    assertThat(task.join(LONG)).isTrue();
    assertThat(task.ended()).isTrue();
    assertThat(thread.join().isVirtual()).isTrue();
    assertThat(thread.join().getName()).isEqualTo("worker");
  }

  @Test
  void aFaultThatEscapesIsLoggedOnceWithItsHint() throws Exception {
    tasks
        .start(
            "worker",
            () -> {
              throw new TestFault();
            })
        .join(LONG);
    assertThat(sentences).hasSize(1);
    assertThat(sentences.getFirst())
        .startsWith("task \"worker\" failed: ")
        .contains("cannot write /x")
        .contains("free some space")
        .contains("RealTasksTest");
  }

  @Test
  void aTaskThatStillRunsIsNotJoined() throws Exception {
    CompletableFuture<String> gate = new CompletableFuture<>();
    Tasks.Task task = tasks.start("waiter", gate::join);
    assertThat(task.join(SHORT)).isFalse();
    assertThat(task.ended()).isFalse();
    gate.complete("open");
    assertThat(task.join(LONG)).isTrue();
  }

  @Test
  void anInterruptReachesTheTask() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Tasks.Task task =
        tasks.start(
            "sleeper",
            () -> {
              try {
                tasks.sleep(LONG);
              } catch (InterruptedException interrupted) {
                seen.complete("interrupted");
              }
            });
    task.interrupt();
    assertThat(tasks.await(seen, LONG)).isEqualTo("interrupted");
  }

  @Test
  void aTimerFiresUnlessItIsCancelledBefore() throws Exception {
    CompletableFuture<String> fired = new CompletableFuture<>();
    Tasks.Timer never = tasks.after(LONG, "never", () -> fired.complete("never"));
    assertThat(never.cancel()).isTrue();
    assertThat(never.cancel()).isFalse();
    Tasks.Timer soon = tasks.after(SHORT, "soon", () -> fired.complete("soon"));
    assertThat(tasks.await(fired, LONG)).isEqualTo("soon");
    assertThat(soon.cancel()).isFalse();
  }

  @Test
  void aWaitEndsWithTheValueTheFailureOrTheDeadline() throws Exception {
    CompletableFuture<String> never = new CompletableFuture<>();
    assertThat(tasks.await(CompletableFuture.completedFuture("x"), Duration.ZERO)).isEqualTo("x");
    assertThatThrownBy(() -> tasks.await(never, SHORT)).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> tasks.await(CompletableFuture.failedFuture(new TestFault()), LONG))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TestFault.class);
    never.cancel(false);
    assertThatThrownBy(() -> tasks.await(never, LONG)).isInstanceOf(CompletionException.class);
  }

  @Test
  void aDeadlineBeyondAllTimeIsNoDeadline() throws Exception {
    Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
    CompletableFuture<String> value = new CompletableFuture<>();
    tasks.start("giver", () -> value.complete("x"));
    assertThat(tasks.await(value, forever)).isEqualTo("x");
  }

  private static final class TestFault extends Fault {
    private static final long serialVersionUID = 1;

    TestFault() {
      super("cannot write /x", "free some space", new IllegalStateException("cause"));
    }
  }
}
