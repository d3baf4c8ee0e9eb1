package cloud.bevy.hyper.core;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.Accepted.Outcome;
import cloud.bevy.hyper.store.BlockLookup;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.wire.Decoder;
import cloud.bevy.hyper.wire.MalformedException;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// Replicas on a disk that forgets, fills up and fails.
class RemoteSimulationTest {
  private static final Path FOLDER = Path.of("/store");
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final StoreLimits SMALL =
      new StoreLimits(4 << 10, 200, 1 << 20, 2, 3, Duration.ofSeconds(10));
  private static final int LENGTH = 60;

  private static Store store(World world) {
    return Store.open(world, FOLDER, SMALL);
  }

  private static Core writer(World world, Store store) {
    return Corestore.open(world, store, new byte[32])
        .core(Golden.pair(1), Manifest.single(Golden.pair(1)));
  }

  private static Core replica(World world, Store store) {
    return Corestore.open(world, store, new byte[32]).remote(Manifest.single(Golden.pair(1)).key());
  }

  /// A history of one core, as the proofs that tell all of it under each of its forks.
  private static final class Histories {
    private final List<List<byte[]>> proofs = new ArrayList<>();

    static Histories of(Simulation simulation) throws Exception {
      Histories histories = new Histories();
      simulation
          .machine("writer")
          .run(world -> {
            Core writer = writer(world, store(world));
            for (int fork = 0; fork < 3; fork++) {
              if (fork > 0) {
                writer.truncate(LENGTH - 25L * fork);
              }
              int length = (int) writer.appended();
              writer
                  .append(Golden.blocks(1000 * fork + length, 1000 * fork + LENGTH))
                  .ticket()
                  .await(DEADLINE);
              histories.note(writer);
            }
          });
      return histories;
    }

    private void note(Core writer) throws MalformedException {
      List<byte[]> all = new ArrayList<>();
      all.add(writer.prove(Exchange.upgrade(0, LENGTH)).message(1, Optional.of(writer.manifest())));
      for (int index = 0; index < LENGTH; index++) {
        long levels = levels(index);
        all.add(writer.prove(Exchange.block(index, levels)).message(1, Optional.empty()));
      }
      proofs.add(all);
    }

    private static long levels(long index) {
      long levels = 0;
      long at = FlatTree.parent(2 * index);
      for (; !FlatTree.contains(at, 2L * LENGTH); at = FlatTree.parent(at)) {
        levels++;
      }
      return levels;
    }

    Proof.Message whole(int fork) throws MalformedException {
      return Decoder.whole(proofs.get(fork).getFirst(), Proof::read);
    }

    Proof.Message block(int fork, long index) throws MalformedException {
      return Decoder.whole(proofs.get(fork).get((int) index + 1), Proof::read);
    }
  }

  /// What was acknowledged to be durable under the fork that was acknowledged last.
  private static final class Acknowledged {
    private final TreeSet<Long> blocks = new TreeSet<>();
    private int fork = -1;
  }

  @Test
  void aReplicaThatCrashedHoldsWhatVerifiesAndAllThatWasAcknowledged() {
    Seeds.forEach("replica-crash", 40, RemoteSimulationTest::replicateAndCrash);
  }

  private static void replicateAndCrash(Simulation simulation) throws Exception {
    Histories histories = Histories.of(simulation);
    SimulatedMachine machine = simulation.machine("replica");
    Acknowledged acknowledged = new Acknowledged();
    for (int life = 0; life < 5; life++) {
      machine.disk().failAt(1 + simulation.chance().below(100), DiskFailure.POWER_CUT);
      machine.run(world -> {
        Core core = replica(world, store(world));
        check(core, acknowledged);
        for (int task = 0; task < 2; task++) {
          world.tasks().start("peer", () -> replicate(world, core, histories, acknowledged));
        }
        world.tasks().sleep(Duration.ofSeconds(20));
      });
      if (machine.disk().calls() > 0) {
        machine.crash();
      }
    }
    machine.run(world -> check(replica(world, store(world)), acknowledged));
  }

  private static void replicate(
      World world, Core core, Histories histories, Acknowledged acknowledged) {
    try {
      for (int round = 0; round < 12; round++) {
        int fork = (int) core.tip().fork();
        if (core.appended() == 0 || (fork < 2 && world.chance().below(6) == 0)) {
          follow(core, histories, core.appended() == 0 ? fork : fork + 1, acknowledged);
        } else {
          fetch(world, core, histories, acknowledged);
        }
      }
    } catch (InterruptedException | TimeoutException | MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void follow(Core core, Histories histories, int fork, Acknowledged acknowledged)
      throws MalformedException, InterruptedException, TimeoutException {
    Proof.Message whole = histories.whole(fork);
    if (core.appended() > 0 && fork <= core.tip().fork()) {
      return;
    }
    Accepted accepted =
        core.appended() == 0
            ? core.replica().accept(List.of(whole))
            : core.replica().reorganise(whole).apply();
    if (accepted.outcomes().contains(Outcome.TAKEN)) {
      acknowledged.blocks.clear(); // what the fork keeps is not looked at
      accepted.ticket().await(DEADLINE);
      acknowledged.fork = Math.max(acknowledged.fork, fork);
    }
  }

  private static void fetch(World world, Core core, Histories histories, Acknowledged acknowledged)
      throws MalformedException, InterruptedException, TimeoutException {
    int fork = (int) core.tip().fork();
    List<Proof.Message> messages = new ArrayList<>();
    List<Long> blocks = new ArrayList<>();
    for (int count = 1 + world.chance().below(8); count > 0; count--) {
      blocks.add((long) world.chance().below(LENGTH));
      messages.add(histories.block(fork, blocks.getLast()));
    }
    Accepted accepted = core.replica().accept(messages);
    boolean taken = !accepted.outcomes().contains(Outcome.STALE);
    for (long block : blocks) {
      assertThat(!taken || core.tip().fork() > fork || core.has(block)).isTrue();
    }
    accepted.ticket().await(DEADLINE);
    if (taken && core.tip().fork() == fork) {
      acknowledged.fork = Math.max(acknowledged.fork, fork);
      acknowledged.blocks.addAll(blocks);
    }
  }

  private static void check(Core core, Acknowledged acknowledged) {
    assertThat(core.verify().damages()).isEmpty();
    assertThat(core.length()).isIn(0L, (long) LENGTH);
    assertThat(core.fork()).isGreaterThanOrEqualTo(Math.max(0, acknowledged.fork));
    if (core.fork() == acknowledged.fork) {
      for (long block : acknowledged.blocks) {
        assertThat(core.getVerified(block)).isInstanceOf(BlockLookup.Found.class);
      }
    }
    if (core.length() > 0) {
      assertPresence(core);
    }
  }

  private static void assertPresence(Core core) {
    int[] words = core.replica().presence(0, 2);
    for (int block = 0; block < LENGTH; block++) {
      assertThat((words[block / 32] >>> (block % 32) & 1) == 1).isEqualTo(core.has(block));
    }
  }

  @Test
  void afterAFullDiskAReplicaGoesOnFromWhatIsDurable() {
    Seeds.forEach("replica-full", 30, RemoteSimulationTest::fillAndGoOn);
  }

  private static void fillAndGoOn(Simulation simulation) throws Exception {
    Histories histories = Histories.of(simulation);
    SimulatedMachine machine = simulation.machine("replica");
    machine.run(world -> {
      Core core = replica(world, store(world));
      core.replica().accept(List.of(histories.whole(0))).ticket().await(DEADLINE);
      machine.disk().capacity(machine.disk().used() + 2_000);
      List<Accepted> all = new ArrayList<>();
      for (long block = 0; block < 30; block++) {
        all.add(core.replica().accept(List.of(histories.block(0, block))));
      }
      for (int block = 0; block < 30; block++) {
        boolean durable = durable(all.get(block));
        assertThat(!durable || core.has(block)).isTrue();
      }
      assertThat(core.verify().damages()).isEmpty();
      assertPresence(core);
      machine.disk().capacity(Long.MAX_VALUE);
      for (long block = 0; block < LENGTH; block++) {
        all.add(core.replica().accept(List.of(histories.block(0, block))));
      }
      all.getLast().ticket().await(DEADLINE);
      assertThat(core.verify()).isEqualTo(new Verification(LENGTH, LENGTH, List.of()));
      assertThat(core.replica().contiguous()).isEqualTo(LENGTH);
    });
  }

  private static boolean durable(Accepted accepted) throws Exception {
    try {
      accepted.ticket().await(DEADLINE);
      return true;
    } catch (StoreFault fault) {
      assertThat(fault.kind()).isIn(StoreFault.Kind.DISK_FULL, StoreFault.Kind.STALE);
      return false;
    }
  }
}
