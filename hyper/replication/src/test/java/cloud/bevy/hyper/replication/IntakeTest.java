package cloud.bevy.hyper.replication;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.Simulation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How much of what a peer sends is held while it cannot be dealt with.
class IntakeTest {
  private static final int MIB = 1 << 20;
  private static final int MESSAGES = 20;
  private static final Duration HOUR = Duration.ofHours(1);

  /// A stream whose messages of a MiB wait until the gate is opened.
  private static final class Flood {
    final World world;
    final CompletableFuture<Void> gate = new CompletableFuture<>();
    final AtomicInteger put = new AtomicInteger();
    final AtomicInteger dealtWith = new AtomicInteger();
    final Intake intake;

    Flood(World world) {
      this.world = world;
      this.intake =
          new Intake(
              world,
              (items, woken) -> {
                pass();
                dealtWith.addAndGet(items.size());
              });
    }

    private void pass() {
      try {
        world.tasks().await(gate, HOUR);
      } catch (InterruptedException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }

    Tasks.Task begin() {
      return world
          .tasks()
          .start(
              "reader",
              () -> {
                while (put.get() < MESSAGES && intake.put(channel(), message(), MIB)) {
                  put.incrementAndGet();
                }
              });
    }

    /// Only told apart from others here.
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T channel() {
      @Nullable T none = null;
      return none;
    }

    private static Message message() {
      return new Message.NoData(1, 0);
    }
  }

  private interface Story {
    void tell(Flood flood, Tasks.Task reader) throws Exception;
  }

  private static void withFlood(Story story) {
    Simulation.run(
        1,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  Flood flood = new Flood(world);
                  Tasks.Task reader = flood.begin();
                  world.tasks().sleep(Duration.ofSeconds(10));
                  // What is being dealt with, what waits, and what was let in last.
                  assertThat(flood.put.get() * (long) MIB)
                      .isBetween(Intake.MOST_BYTES, 2 * Intake.MOST_BYTES + MIB);
                  assertThat(reader.ended()).isFalse();
                  story.tell(flood, reader);
                }));
  }

  @Test
  void theReaderWaitsWhileTooMuchWaits() {
    withFlood((flood, reader) -> {
      flood.gate.complete(null);
      assertThat(reader.join(HOUR)).isTrue();
      flood.world.tasks().sleep(Duration.ofSeconds(1));
      assertThat(flood.dealtWith).hasValue(MESSAGES);
    });
  }

  @Test
  void theReaderGivesUpWhereNothingIsDealtWith() {
    withFlood((flood, reader) -> {
      assertThat(reader.join(Duration.ofMinutes(3))).isTrue();
      assertThat(flood.put.get()).isLessThan(MESSAGES);
      flood.gate.complete(null);
    });
  }

  @Test
  void theEndLetsTheReaderGo() {
    withFlood((flood, reader) -> {
      flood.intake.close();
      assertThat(reader.join(Duration.ofSeconds(1))).isTrue();
      assertThat(flood.intake.put(Flood.channel(), Flood.message(), 1)).isFalse();
      flood.gate.complete(null);
    });
  }
}
