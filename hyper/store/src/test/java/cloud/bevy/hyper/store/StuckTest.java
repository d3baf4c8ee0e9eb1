package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.DiskCall;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Disks that do not answer, tasks that cannot be started, faults in the dealing with faults:
/// nothing waits for ever, and nobody writes to a store that is another's.
final class StuckTest {
  private static final int SEEDS = 20;
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final CoreId CORE = Model.id(1);

  /// How somebody tries to close a store whose disk does not answer.
  private interface Closing {
    void close(World world, Store store) throws Exception;
  }

  @Test
  void aStoreWhoseDiskDoesNotAnswerStaysLockedUntilItDoes() {
    checkStaysLocked((world, store) -> store.close());
  }

  @Test
  void aCloseThatIsInterruptedLeavesTheStoreLockedWhileItIsWritten() {
    checkStaysLocked((world, store) -> {
      Tasks.Task closing = world.tasks().start("close", store::close);
      closing.interrupt();
      assertThat(closing.join(DEADLINE)).isTrue();
    });
  }

  private static void checkStaysLocked(Closing closing) {
    Seeds.forEach(
        "stuck", SEEDS, simulation -> simulation.machine("a").run(w -> stayLocked(w, closing)));
  }

  private static void stayLocked(World world, Closing closing) throws Exception {
    boolean[] stuck = {false};
    CompletableFuture<Void> answer = new CompletableFuture<>();
    World slow =
        Meddled.files(
            world,
            method -> {
              if (stuck[0] && method.equals("sync")) {
                world.tasks().await(answer, Duration.ofDays(1));
              }
            });
    Store store = Store.open(slow, Workload.DIRECTORY, Workload.TINY);
    stuck[0] = true;
    Ticket ticket = put(store, 0);
    closing.close(world, store);
    assertThat(ticket.durable()).isFalse();
    assertThatThrownBy(() -> Store.open(world, Workload.DIRECTORY, Workload.TINY))
        .isInstanceOfSatisfying(
            StoreFault.class, fault -> assertThat(fault.kind()).isEqualTo(StoreFault.Kind.LOCKED));
    stuck[0] = false;
    answer.complete(null);
    ticket.await(DEADLINE);
    world.tasks().sleep(DEADLINE);
    expectDurable(world, 0);
  }

  @Test
  void whereNoTaskCanBeStartedTheSubmitterIsToldAndTheNextIsWritten() {
    Seeds.forEach(
        "no-tasks", SEEDS, simulation -> simulation.machine("a").run(StuckTest::exhaustTasks));
  }

  private static void exhaustTasks(World world) throws Exception {
    boolean[] exhausted = {false};
    World poor =
        Meddled.tasks(
            world,
            method -> {
              if (exhausted[0] && method.equals("start")) {
                throw new IllegalStateException("no task can be started");
              }
            });
    try (Store store = Store.open(poor, Workload.DIRECTORY, Workload.TINY)) {
      exhausted[0] = true;
      assertThatThrownBy(() -> put(store, 0)).isInstanceOf(IllegalStateException.class);
      exhausted[0] = false;
      put(store, 1).await(DEADLINE);
    }
    expectDurable(world, 1);
  }

  @Test
  void aFaultInTheDealingWithFaultsStopsTheStoreAndKeepsNobodyWaiting() {
    Seeds.forEach(
        "fault-in-fault",
        SEEDS,
        simulation -> {
          simulation.expectFaults();
          simulation
              .machine("a")
              .run(world -> {
                failToTell(
                    world,
                    () ->
                        simulation
                            .machine("a")
                            .disk()
                            .failAt(DiskCall.SYNC, 1, DiskFailure.INPUT_OUTPUT_ERROR));
              });
        });
  }

  private static void failToTell(World world, Runnable breakDisk) throws Exception {
    World mute =
        Meddled.log(
            world,
            method -> {
              throw new IllegalStateException("nothing can be said");
            });
    Store store = Store.open(mute, Workload.DIRECTORY, Workload.TINY);
    put(store, 0).await(DEADLINE);
    breakDisk.run();
    Ticket ticket = put(store, 1);
    assertThatThrownBy(() -> ticket.await(DEADLINE)).isInstanceOf(StoreFault.class);
    long before = world.time().nanos();
    store.close();
    assertThat(Duration.ofNanos(world.time().nanos() - before)).isLessThan(DEADLINE);
    expectDurable(world, 0);
  }

  private static Ticket put(Store store, long index) {
    byte[] header = Model.header(CORE);
    StoredCore core = store.find(CORE).orElseGet(() -> store.create(CORE, header));
    Head head = new Head(index + 1, 8, 0, new byte[32], new byte[64]);
    return store.submit(
        new Batch().block(core, index, ByteBuffer.allocate(8).putLong(0, index)).head(core, head));
  }

  private static void expectDurable(World world, long index) {
    try (Store store = Store.open(world, Workload.DIRECTORY, Workload.TINY)) {
      StoredCore core = store.find(CORE).orElseThrow();
      assertThat(core.block(index)).isInstanceOf(BlockLookup.Found.class);
    }
  }
}
