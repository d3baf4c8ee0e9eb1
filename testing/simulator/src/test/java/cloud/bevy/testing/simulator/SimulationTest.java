package cloud.bevy.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

final class SimulationTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void theSameSeedGivesTheSameTrace() {
    Set<Long> traces = new TreeSet<>();
    for (long seed = 1; seed <= 60; seed++) {
      long trace = Simulation.run(seed, BusyProgram::play);
      assertThat(Simulation.run(seed, BusyProgram::play)).isEqualTo(trace);
      traces.add(trace);
    }
    assertThat(traces).hasSize(60);
  }

  @Test
  void theSameSeedGivesTheSameTraceInAnotherProcess() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BusyProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(printed.lines().toList()).isEqualTo(BusyProgram.traces());
  }

  @Test
  void differentSeedsGiveDifferentOrders() {
    Set<List<Integer>> orders = new HashSet<>();
    for (long seed = 1; seed <= 50; seed++) {
      List<Integer> order = new ArrayList<>();
      Simulation.run(
          seed,
          simulation -> {
            for (int i = 0; i < 4; i++) {
              int number = i;
              simulation.tasks().start("t" + i, () -> order.add(number));
            }
            simulation.tasks().sleep(DAY);
          });
      orders.add(order);
    }
    assertThat(orders).hasSizeGreaterThan(10);
  }

  @Test
  void aDayPassesAtOnceWhenNobodyCanRun() {
    Simulation.run(
        1,
        simulation -> {
          Instant before = simulation.now();
          simulation.tasks().sleep(DAY);
          assertThat(Duration.between(before, simulation.now())).isBetween(DAY, DAY.plusMillis(1));
        });
  }

  @Test
  void tasksThatWaitForEachOtherAreNamed() {
    ReentrantLock first = new ReentrantLock();
    ReentrantLock second = new ReentrantLock();
    assertThatThrownBy(() ->
            Simulation.run(
                7,
                simulation -> {
                  var left =
                      simulation.tasks().start("left", () -> both(simulation, first, second));
                  simulation.tasks().start("right", () -> both(simulation, second, first));
                  left.join(DAY.multipliedBy(1000));
                  first.lock();
                }))
        .isInstanceOf(SimulationFailed.class)
        .hasMessageContaining("nobody can go on")
        .hasMessageContaining("tester/left")
        .hasMessageContaining("tester/right")
        .hasMessageContaining("-Dbevy.seed=7");
  }

  private static void both(Simulation simulation, ReentrantLock one, ReentrantLock other) {
    one.lock();
    try {
      simulation.tasks().sleep(Duration.ofSeconds(1));
      other.lock();
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  @Test
  void aTaskThatNeverStopsIsStopped() {
    assertThatThrownBy(() ->
            Simulation.run(
                1,
                simulation -> {
                  while (true) {
                    simulation.tasks().sleep(Duration.ZERO);
                    Thread.yield();
                  }
                }))
        .isInstanceOf(SimulationFailed.class)
        .hasMessageContaining("still running after");
  }

  @Test
  void aFaultThatEscapesATaskFailsTheRun() {
    Scenario scenario =
        simulation -> {
          simulation
              .machine("a")
              .world()
              .tasks()
              .start(
                  "flusher",
                  () -> {
                    throw new IllegalStateException("boom");
                  });
          simulation.tasks().sleep(DAY);
        };
    assertThatThrownBy(() -> Simulation.run(3, scenario))
        .isInstanceOf(SimulationFailed.class)
        .hasMessageContaining("boom")
        .hasMessageContaining("log: a ERROR task \"flusher\" failed");
  }

  @Test
  void aFaultThatIsExpectedIsOnlyLogged() {
    Simulation.run(
        3,
        simulation -> {
          simulation.expectFaults();
          simulation
              .tasks()
              .start(
                  "t",
                  () -> {
                    throw new IllegalStateException("boom");
                  });
          simulation.tasks().sleep(DAY);
          assertThat(simulation.sentences()).hasSize(1);
        });
  }

  @Test
  void aWaitEndsAtItsDeadline() {
    Simulation.run(
        1,
        simulation -> {
          CompletableFuture<String> never = new CompletableFuture<>();
          assertThatThrownBy(() -> simulation.tasks().await(never, DAY))
              .isInstanceOf(TimeoutException.class);
        });
  }

  @Test
  void aWaitGivesWhatTheFutureGives() {
    Simulation.run(
        1,
        simulation -> {
          CompletableFuture<String> good = new CompletableFuture<>();
          CompletableFuture<String> bad = new CompletableFuture<>();
          simulation.tasks().after(DAY, "good", () -> good.complete("fine"));
          simulation
              .tasks()
              .after(DAY, "bad", () -> bad.completeExceptionally(new IllegalStateException()));
          assertThat(simulation.tasks().await(good, DAY.multipliedBy(2))).isEqualTo("fine");
          assertThatThrownBy(() -> simulation.tasks().await(bad, DAY))
              .isInstanceOf(CompletionException.class)
              .hasCauseInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  void aCancelledTimerDoesNothing() {
    Simulation.run(
        1,
        simulation -> {
          List<String> fired = new ArrayList<>();
          var timer = simulation.tasks().after(DAY, "never", () -> fired.add("never"));
          simulation.tasks().after(DAY, "once", () -> fired.add("once"));
          assertThat(timer.cancel()).isTrue();
          assertThat(timer.cancel()).isFalse();
          simulation.tasks().sleep(DAY.multipliedBy(2));
          assertThat(fired).containsExactly("once");
        });
  }

  @Test
  void anInterruptedTaskWakes() {
    Simulation.run(
        1,
        simulation -> {
          List<String> seen = new ArrayList<>();
          var task =
              simulation
                  .tasks()
                  .start(
                      "sleeper",
                      () -> {
                        try {
                          simulation.tasks().sleep(DAY);
                        } catch (InterruptedException interrupted) {
                          seen.add("interrupted");
                        }
                      });
          simulation.tasks().sleep(Duration.ofSeconds(1));
          task.interrupt();
          assertThat(task.join(Duration.ofSeconds(1))).isTrue();
          assertThat(seen).containsExactly("interrupted");
        });
  }

  @Test
  void tasksOfACrashedMachineNeverGoOn() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          List<String> seen = new ArrayList<>();
          machine
              .world()
              .tasks()
              .start(
                  "victim",
                  () -> {
                    try {
                      seen.add("began");
                      machine.world().tasks().sleep(Duration.ofSeconds(2));
                      seen.add("went on");
                    } catch (InterruptedException interrupted) {
                      seen.add("interrupted");
                    } finally {
                      seen.add("cleaned up");
                    }
                  });
          machine.world().tasks().after(Duration.ofSeconds(2), "late", () -> seen.add("fired"));
          simulation.tasks().sleep(Duration.ofSeconds(1));
          machine.crash();
          simulation.tasks().sleep(DAY);
          assertThat(seen).containsExactly("began");
        });
  }

  @Test
  void aTesterInACrashedWorldIsTold() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          SimulatedWorld before = machine.world();
          simulation.tasks().after(Duration.ofSeconds(1), "crash", machine::crash);
          assertThatThrownBy(() -> before.tasks().sleep(DAY)).isInstanceOf(MachineCrashed.class);
          assertThatThrownBy(() -> before.disk().exists(Path.of("/")))
              .isInstanceOf(MachineCrashed.class);
          assertThat(machine.world().disk().exists(Path.of("/"))).isTrue();
        });
  }

  @Test
  void aWakeFromOutsideTheSimulationIsRefused() {
    assertThatThrownBy(() -> Simulation.run(1, SimulationTest::waitForAnOutsider))
        .isInstanceOf(SimulationFailed.class)
        .hasMessageContaining("woken by a thread outside the simulation");
  }

  /// Waits for a thread that the simulation knows nothing of, which is not before this task waits,
  /// and while another task keeps the simulation going for however long the thread takes.
  private static void waitForAnOutsider(Simulation simulation) throws Exception {
    Thread waiting = Thread.currentThread();
    CompletableFuture<String> answer = new CompletableFuture<>();
    simulation.tasks().start("clock", () -> tickForEver(simulation));
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          answer.complete("from outside");
        });
    answer.get();
  }

  private static void tickForEver(Simulation simulation) {
    try {
      while (true) {
        simulation.tasks().sleep(Duration.ofSeconds(1));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatACrashedMachineHeldIsCollected() throws Exception {
    List<WeakReference<byte[]>> held = new ArrayList<>();
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.world().tasks().start("holder", () -> hold(machine, held));
          simulation.tasks().sleep(Duration.ofSeconds(1));
          machine.crash();
        });
    System.gc();
    assertThat(held).hasSize(1);
    assertThat(held.getFirst().get()).isNull();
  }

  private static void hold(SimulatedMachine machine, List<WeakReference<byte[]>> held) {
    byte[] bytes = new byte[1 << 20];
    held.add(new WeakReference<>(bytes));
    try {
      machine.world().tasks().sleep(DAY);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
    assertThat(bytes[0]).isZero();
  }
}
