package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.testing.simulator.DiskCall;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Groups so large that the disk is told of them before they are written whole.
final class EarlySyncTest {
  private static final int BLOCKS = 5;
  private static final int BYTES = (int) EarlySync.STEP;
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  /// The first block stays whatever happens to the large group behind it, which is refused where
  /// any of its syncs fails: the last, or one ahead of it, which no later one would tell of.
  @Test
  void aSyncThatFailsAheadOfTheLastFailsTheGroup() {
    long[] syncs = {0};
    Simulation.run(1, simulation -> syncs[0] = syncs(simulation.machine("a")));
    assertThat(syncs[0]).as("syncs of one large group").isGreaterThan(1);
    for (long nth = 1; nth <= syncs[0]; nth++) {
      long at = nth;
      Simulation.run(1, simulation -> fail(simulation.machine("a"), at));
    }
  }

  private static long syncs(SimulatedMachine machine) throws Exception {
    long[] syncs = {0};
    machine.run(world -> {
      try (Store store = Store.open(world, Workload.DIRECTORY, StoreLimits.defaults())) {
        append(store, 1, 10).await(DEADLINE);
        long before = machine.disk().calls(DiskCall.SYNC);
        append(store, BLOCKS, BYTES).await(DEADLINE);
        syncs[0] = machine.disk().calls(DiskCall.SYNC) - before;
      }
    });
    return syncs[0];
  }

  private static void fail(SimulatedMachine machine, long nth) throws Exception {
    machine.run(world -> {
      try (Store store = Store.open(world, Workload.DIRECTORY, StoreLimits.defaults())) {
        append(store, 1, 10).await(DEADLINE);
        machine.disk().failAt(DiskCall.SYNC, nth, DiskFailure.INPUT_OUTPUT_ERROR);
        Ticket ticket = append(store, BLOCKS, BYTES);
        assertThatThrownBy(() -> ticket.await(DEADLINE))
            .as("sync %d fails", nth)
            .isInstanceOfSatisfying(
                StoreFault.class,
                fault -> assertThat(fault.kind()).isEqualTo(StoreFault.Kind.STOPPED));
      }
    });
    machine.disk().failNoMore();
    machine.crash();
    machine.run(world -> {
      try (Store store = Store.open(world, Workload.DIRECTORY, StoreLimits.defaults())) {
        StoredCore core = Model.handle(store, Model.id(0));
        assertThat(core.head().length()).isIn(1L, 1L + BLOCKS);
        assertThat(core.block(0)).isInstanceOf(BlockLookup.Found.class);
        assertThat(store.statistics().damage()).isZero();
      }
    });
  }

  private static Ticket append(Store store, int blocks, int bytes) {
    StoredCore core = Model.handle(store, Model.id(0));
    long end = core.head().length();
    Batch batch = new Batch();
    for (int block = 0; block < blocks; block++) {
      batch.block(core, end + block, ByteBuffer.allocate(bytes));
    }
    long length = core.head().byteLength() + (long) blocks * bytes;
    return store.submit(
        batch.head(core, new Head(end + blocks, length, 0, new byte[32], new byte[64])));
  }
}
