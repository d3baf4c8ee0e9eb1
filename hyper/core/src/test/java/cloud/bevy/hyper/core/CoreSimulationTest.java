package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.Ticket;
import cloud.bevy.testing.simulator.DiskCall;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Cores on a disk that forgets, fills up and fails, with every task scheduled by a seed.
class CoreSimulationTest {
  private static final Path FOLDER = Path.of("/store");
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final StoreLimits SMALL =
      new StoreLimits(4 << 10, 200, 1 << 20, 2, 3, Duration.ofSeconds(10));

  private static Store store(World world) {
    return Store.open(world, FOLDER, SMALL);
  }

  private static Core core(World world, Store store) {
    return Corestore.open(world, store, new byte[32]).core("notes");
  }

  @Test
  void readersSeeWhatIsDurableAndTheWriterWhatItHasAppended() {
    Seeds.forEach(
        "core-readers",
        20,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  Core core = core(world, store(world));
                  Append append = core.append(Golden.blocks(0, 4));
                  assertThat(core.appended()).isEqualTo(4);
                  assertThat(core.length() == 0 || append.ticket().durable()).isTrue();
                  assertThat(core.get(3)).isInstanceOf(BlockLookup.Found.class);
                  append.ticket().await(DEADLINE);
                  assertThat(core.length()).isEqualTo(4);
                }));
  }

  @Test
  void theWriterReadsWhatItPutInThePlaceOfWhatItCut() {
    Seeds.forEach(
        "core-replace",
        20,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  Core core = core(world, store(world));
                  core.append(Golden.blocks(0, 30)).ticket().await(DEADLINE);
                  core.append(Golden.blocks(30, 31)); // so that what follows has to wait
                  core.truncate(10);
                  Ticket last = core.append(Golden.blocks(100, 110)).ticket();
                  for (int turn = 0; turn < 2; turn++) {
                    BlockLookup.Found found = (BlockLookup.Found) core.get(15);
                    assertThat(found.toArray()).isEqualTo(Golden.block(105));
                    assertThat(core.get(20)).isEqualTo(new BlockLookup.Missing(20));
                    last.await(DEADLINE);
                  }
                  assertThat(core.length()).isEqualTo(20);
                  assertThat(core.verify().sound()).isTrue();
                }));
  }

  @Test
  void appendsThatWaitTogetherShareASignature() {
    Seeds.forEach(
        "core-share",
        20,
        simulation ->
            simulation
                .machine("a")
                .run(world -> {
                  Store store = store(world);
                  Core core = core(world, store);
                  List<Ticket> tickets = new ArrayList<>();
                  for (int index = 0; index < 200; index++) {
                    tickets.add(core.append(Golden.block(index)).ticket());
                  }
                  for (Ticket ticket : tickets) {
                    ticket.await(DEADLINE);
                  }
                  assertThat(core.length()).isEqualTo(200);
                  assertThat(core.verify().sound()).isTrue();
                  assertThat(store.statistics().batches()).isLessThan(100);
                }));
  }

  @Test
  void nothingAcknowledgedIsMissingAfterACrashAndTheTreeVerifies() {
    Seeds.forEach("core-crash", 30, CoreSimulationTest::appendAndCrash);
  }

  private static void appendAndCrash(Simulation simulation) throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    History history = new History();
    for (int life = 0; life < 4; life++) {
      machine.disk().failAt(1 + simulation.chance().below(120), DiskFailure.POWER_CUT);
      machine.run(world -> {
        Core core = core(world, store(world));
        history.check(core);
        for (int writer = 0; writer < 3; writer++) {
          world.tasks().start("writer", () -> write(world, core, history));
        }
        world.tasks().sleep(Duration.ofSeconds(20));
      });
      if (machine.disk().calls() > 0) {
        machine.crash();
      }
    }
    machine.run(world -> history.check(core(world, store(world))));
  }

  private static void write(World world, Core core, History history) {
    try {
      for (int round = 0; round < 12; round++) {
        if (world.chance().below(8) == 0) {
          history.truncate(core, world.chance().below(5));
        } else {
          history.append(core, 1 + world.chance().below(5));
        }
      }
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What was done to a core, in the core's own order, and what of it was acknowledged. Blocks are
  /// all different, so that a state says which changes it has.
  private static final class History {
    private final List<List<Long>> states = new ArrayList<>(List.of(List.of()));
    private ReentrantLock turn = new ReentrantLock();
    private int acknowledged;
    private long next;

    void append(Core core, int count)
        throws InterruptedException, java.util.concurrent.TimeoutException {
      change(
          core,
          state -> {
            List<byte[]> blocks = new ArrayList<>();
            for (int at = 0; at < count; at++) {
              state.add(next);
              blocks.add(block(next++));
            }
            return () -> core.append(blocks).ticket();
          });
    }

    void truncate(Core core, int part)
        throws InterruptedException, java.util.concurrent.TimeoutException {
      change(
          core,
          state -> {
            int length = state.size() * part / 4;
            state.subList(length, state.size()).clear();
            return () -> core.truncate(length);
          });
    }

    /// Notes a change before it is made, in case the machine does not live to tell; and one at a
    /// time, so that the notes are in the core's own order. Only the waiting is done side by side.
    private void change(Core core, Function<List<Long>, Supplier<Ticket>> plan)
        throws InterruptedException, java.util.concurrent.TimeoutException {
      int number;
      Ticket ticket;
      turn.lock();
      try {
        List<Long> state = new ArrayList<>(states.getLast());
        Supplier<Ticket> change = plan.apply(state);
        states.add(state);
        number = states.size() - 1;
        ticket = change.get();
        assertThat(core.appended()).isEqualTo(state.size());
      } finally {
        turn.unlock();
      }
      ticket.await(DEADLINE);
      acknowledged = Math.max(acknowledged, number);
    }

    /// The core is in one of the states since the last one that was acknowledged, and from there it
    /// goes on.
    void check(Core core) {
      assertThat(core.verify().damages()).isEmpty();
      List<Long> found = new ArrayList<>();
      for (long index = 0; index < core.length(); index++) {
        byte[] bytes = ((BlockLookup.Found) core.getVerified(index)).toArray();
        found.add(
            Long.parseLong(new String(bytes, java.nio.charset.StandardCharsets.UTF_8).trim()));
      }
      assertThat(states.subList(acknowledged, states.size())).contains(found);
      turn = new ReentrantLock(); // whoever had it before the crash will not give it back
      states.clear();
      states.add(found);
      acknowledged = 0;
    }

    private static byte[] block(long number) {
      String text = number + " ".repeat((int) (number % 7) * 40);
      return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void afterAFullDiskTheCoreIsWhatIsDurableAndGoesOnOnceThereIsRoom() {
    Seeds.forEach("core-full", 40, CoreSimulationTest::fillAndGoOn);
  }

  private static void fillAndGoOn(Simulation simulation) throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    machine.run(world -> {
      Core core = core(world, store(world));
      core.append(Golden.blocks(0, 10)).ticket().await(DEADLINE);
      machine.disk().capacity(machine.disk().used() + 300);
      List<Append> appends = new ArrayList<>();
      for (int index = 10; index < 60; index++) {
        appends.add(core.append(Golden.block(index)));
      }
      long durable = 10;
      for (Append append : appends) {
        durable = Math.max(durable, outcome(append));
      }
      assertThat(core.length()).isEqualTo(durable);
      assertThat(core.appended()).isEqualTo(durable);
      assertThat(core.get(durable)).isInstanceOf(BlockLookup.Missing.class);
      assertThat(core.get(3)).isInstanceOf(BlockLookup.Found.class);
      machine.disk().capacity(Long.MAX_VALUE);
      Append again = core.append(Golden.blocks((int) durable, 70));
      assertThat(again.start()).isEqualTo(durable);
      again.ticket().await(DEADLINE);
      assertThat(core.verify()).isEqualTo(new Verification(70, 70, List.of()));
    });
    machine.crash();
    machine.run(world -> assertThat(core(world, store(world)).verify().present()).isEqualTo(70));
  }

  /// @return how long the core is durably, as far as this append says
  private static long outcome(Append append) throws Exception {
    try {
      append.ticket().await(DEADLINE);
      return append.length();
    } catch (StoreFault fault) {
      assertThat(fault.kind()).isIn(StoreFault.Kind.DISK_FULL, StoreFault.Kind.STALE);
      return 0;
    }
  }

  @Test
  void aFailedSyncEndsWritingAndLeavesReading() {
    Seeds.forEach("core-sync", 40, CoreSimulationTest::failASync);
  }

  private static void failASync(Simulation simulation) throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    simulation.expectFaults();
    machine.run(world -> {
      Core core = core(world, store(world));
      core.append(Golden.blocks(0, 10)).ticket().await(DEADLINE);
      machine.disk().failAt(DiskCall.SYNC, 1, DiskFailure.INPUT_OUTPUT_ERROR);
      Ticket failing = core.append(Golden.blocks(10, 20)).ticket();
      assertThatThrownBy(() -> failing.await(DEADLINE))
          .isInstanceOfSatisfying(
              StoreFault.class,
              fault -> assertThat(fault.kind()).isEqualTo(StoreFault.Kind.STOPPED));
      assertThatThrownBy(() -> core.append(new byte[1])).isInstanceOf(StoreFault.class);
      assertThatThrownBy(() -> core.truncate(0)).isInstanceOf(StoreFault.class);
      assertThat(core.appended()).isEqualTo(10);
      assertThat(core.get(9)).isInstanceOf(BlockLookup.Found.class);
      assertThat(core.verify().sound()).isTrue();
    });
  }
}
