package cloud.bevy.hyper.bee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.core.CoreFault;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.hyper.store.Ticket;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A bee on a machine that loses power at any moment, against a sorted map.
final class BeeCrashTest {
  private static final Path FOLDER = Path.of("/store");
  private static final StoreLimits LIMITS =
      new StoreLimits(64 << 10, 500, 1 << 20, 4, 16, Duration.ofSeconds(30));
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final int LIVES = 4;
  private static final int BATCHES = 25;

  @Test
  void whatWasAcknowledgedIsThereAfterEveryCrash() {
    Seeds.forEach("bee crashes", 6, simulation -> lives(simulation, DiskFailure.POWER_CUT));
  }

  @Test
  void aFullDiskFailsBatchesAndTheBeeGoesOn() {
    Seeds.forEach(
        "bee on a full disk",
        4,
        simulation -> {
          simulation.expectFaults();
          lives(simulation, DiskFailure.DISK_FULL);
        });
  }

  private static void lives(Simulation simulation, DiskFailure failure) throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    Ledger ledger = new Ledger(simulation.chance());
    for (int life = 0; life < LIVES; life++) {
      machine.disk().failAt(1 + ledger.chance.below(400), failure);
      machine.run(world -> new Life(world, ledger).live());
      machine.crash();
    }
    assertThat(machine.run(world -> new Life(world, ledger).check())).isTrue();
  }

  /// What the outside world knows: the state after each batch, and how many of them were
  /// acknowledged.
  private static final class Ledger {
    private final Chance chance;
    private final List<TreeMap<String, String>> states = new ArrayList<>();
    private int acknowledged;

    Ledger(Chance chance) {
      this.chance = chance;
      states.add(new TreeMap<>());
    }

    /// The state that the bee has now is one that was acknowledged or was under way; it becomes the
    /// only one.
    void settle(TreeMap<String, String> found) {
      int at = states.lastIndexOf(found);
      assertThat(at)
          .as("of %s states, %s of them acknowledged", states.size(), acknowledged)
          .isGreaterThanOrEqualTo(acknowledged);
      states.subList(at + 1, states.size()).clear();
      acknowledged = at;
    }
  }

  /// What happens between a start and the next crash.
  private static final class Life {
    private final World world;
    private final Ledger ledger;
    private final Store store;
    private final Bee bee;

    Life(World world, Ledger ledger) {
      this.world = world;
      this.ledger = ledger;
      this.store = open(world);
      Corestore cores = Corestore.open(world, store, new byte[32]);
      this.bee = Bee.on(world, cores.core("bee"), new NodeCache(20_000 << ledger.chance.below(7)));
    }

    /// A disk that was full once is not full the next time.
    private static Store open(World world) {
      try {
        return Store.open(world, FOLDER, LIMITS);
      } catch (StoreFault full) {
        return Store.open(world, FOLDER, LIMITS);
      }
    }

    void check() {
      BeeCheck check = bee.verify();
      assertThat(check.problems()).isEmpty();
      assertThat(bee.core().verify().sound()).isTrue();
      TreeMap<String, String> found = new TreeMap<>();
      bee.now().range(Range.all()).forEachRemaining(e -> found.put(text(e.key()), text(e.value())));
      assertThat(check.entries()).isEqualTo(found.size());
      ledger.settle(found);
      store.close();
    }

    void live() throws Exception {
      reload();
      List<Ticket> open = new ArrayList<>();
      for (int i = 0; i < BATCHES; i++) {
        try {
          open.add(batch());
          if (ledger.chance.below(3) == 0) {
            await(open);
          }
        } catch (StoreFault | BeeFault | CoreFault fault) {
          open.clear();
          world.tasks().sleep(Duration.ofSeconds(1));
          reload();
        }
      }
    }

    /// Goes on from what the bee has, after a start or a failure.
    private void reload() {
      TreeMap<String, String> found = new TreeMap<>();
      bee.now().range(Range.all()).forEachRemaining(e -> found.put(text(e.key()), text(e.value())));
      ledger.settle(found);
      assertThat(bee.verify().problems()).isEmpty();
    }

    private Ticket batch() {
      TreeMap<String, String> state = new TreeMap<>(ledger.states.getLast());
      try (BeeBatch batch = bee.batch()) {
        assertThat(batch.range(Range.all()).hasNext()).isEqualTo(!state.isEmpty());
        int changes = 1 + ledger.chance.below(12);
        for (int i = 0; i < changes; i++) {
          change(batch, state);
        }
        ledger.states.add(state);
        return batch.commit();
      }
    }

    private void change(BeeBatch batch, TreeMap<String, String> state) {
      String key = "k" + ledger.chance.below(60);
      assertThat(batch.get(bytes(key)).map(entry -> text(entry.value())).orElse(null))
          .isEqualTo(state.get(key));
      if (ledger.chance.below(5) < 2) {
        assertThat(batch.delete(bytes(key))).isEqualTo(state.remove(key) != null);
      } else {
        String value = "v".repeat(ledger.chance.below(400)) + ledger.chance.below(1000);
        batch.put(bytes(key), bytes(value));
        state.put(key, value);
      }
    }

    private void await(List<Ticket> open) throws Exception {
      int done = ledger.states.size() - 1;
      for (Ticket ticket : open) {
        ticket.await(DEADLINE);
      }
      open.clear();
      ledger.acknowledged = done;
      TreeMap<String, String> found = new TreeMap<>();
      bee.now().range(Range.all()).forEachRemaining(e -> found.put(text(e.key()), text(e.value())));
      assertThat(found).isEqualTo(ledger.states.get(done));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
