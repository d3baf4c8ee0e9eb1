package cloud.bevy.hyper.drive;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreFault;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Uploads at the same time on a machine that loses power at any moment.
final class DriveCrashTest {
  private static final StoreLimits LIMITS =
      new StoreLimits(4 << 20, 500, 8 << 20, 4, 16, Duration.ofSeconds(30));
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final int LIVES = 3;
  private static final int CLIENTS = 3;
  private static final int FILES = 4;
  private static final int LARGEST = (1 << 20) + 200_000;

  @Test
  void anAcknowledgedFileIsThereWithItsBytesAfterEveryCrash() {
    Seeds.forEach("drive crashes", 4, DriveCrashTest::lives);
  }

  /// The disk says once that it is full: what was not stored is not half there, and what comes next
  /// is stored.
  @Test
  void anEntryIsNeverWithoutItsBytesWhereTheDiskIsFull() {
    int[] refused = {0};
    Seeds.forEach(
        "drive on a full disk",
        4,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          Ledger ledger = new Ledger();
          for (int life = 0; life < LIVES; life++) {
            int calls = 5 + simulation.chance().below(60);
            machine.disk().failAt(calls, DiskFailure.DISK_FULL);
            machine.run(world -> refused[0] += new Life(world, ledger).uploadAndCheck(simulation));
          }
        });
    assertThat(refused[0]).isPositive();
  }

  private static void lives(Simulation simulation) throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    Ledger ledger = new Ledger();
    for (int life = 0; life < LIVES; life++) {
      int calls = 1 + simulation.chance().below(120);
      machine.disk().failAt(calls, DiskFailure.POWER_CUT);
      machine.run(world -> new Life(world, ledger).upload(simulation));
      machine.crash();
      assertThat(machine.run(world -> new Life(world, ledger).check())).isTrue();
    }
  }

  /// What the clients know: of each file the content that was acknowledged last, and those that
  /// were sent since.
  private static final class Ledger {
    private final Map<String, Long> acknowledged = new TreeMap<>();
    private final Map<String, List<Long>> sent = new TreeMap<>();
  }

  private static final class Life {
    private final World world;
    private final Ledger ledger;
    private final Store store;
    private final Drive drive;
    private int refused;

    Life(World world, Ledger ledger) {
      this.world = world;
      this.ledger = ledger;
      this.store = Store.open(world, Path.of("/store"), LIMITS);
      Corestore cores = Corestore.open(world, store, DriveFixture.PRIMARY_KEY);
      this.drive = Drive.open(world, cores, new NodeCache(100_000));
    }

    int uploadAndCheck(Simulation simulation) throws Exception {
      upload(simulation);
      check();
      return refused;
    }

    void upload(Simulation simulation) throws Exception {
      List<Tasks.Task> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        String path = "/client " + client;
        long seed = simulation.chance().nextLong();
        clients.add(world.tasks().start(path, () -> client(path, new Random(seed))));
      }
      for (Tasks.Task client : clients) {
        client.join(DEADLINE);
      }
    }

    private void client(String path, Random random) {
      try {
        for (int file = 0; file < FILES; file++) {
          long content = random.nextInt();
          ledger.sent.computeIfAbsent(path, _ -> new ArrayList<>()).add(content);
          try {
            replace(path, drive.send(new ByteArrayInputStream(bytes(content))));
            ledger.acknowledged.put(path, content);
            ledger.sent.get(path).removeIf(other -> other != content);
          } catch (StoreFault full) {
            assertThat(full.kind()).isIn(StoreFault.Kind.DISK_FULL, StoreFault.Kind.STALE);
            refused++;
          }
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private void replace(String path, PendingBlob blob) throws Exception {
      List<BlobId> old = new ArrayList<>();
      try (DriveBatch batch = drive.batch()) {
        batch.entry(path).flatMap(file -> file.entry().blob()).ifPresent(old::add);
        batch.behind(blob);
        batch.put(path, DriveEntry.file(blob.blob()));
        batch.commit().await(DEADLINE);
      }
      old.forEach(drive::clear);
    }

    void check() throws IOException {
      assertThat(drive.bee().verify().problems()).isEmpty();
      for (Map.Entry<String, List<Long>> sent : ledger.sent.entrySet()) {
        byte[] found = read(sent.getKey());
        Long acknowledged = ledger.acknowledged.get(sent.getKey());
        assertThat(found.length > 0).isEqualTo(drive.entry(sent.getKey()).isPresent());
        assertThat(acknowledged == null || found.length > 0).isTrue();
        if (found.length > 0) {
          settle(sent.getKey(), sent.getValue(), found);
        }
      }
      store.close();
    }

    private void settle(String path, List<Long> sent, byte[] found) {
      List<Long> same =
          sent.stream().filter(content -> Arrays.equals(bytes(content), found)).toList();
      assertThat(same).as("what %s has is nothing that was sent", path).hasSize(1);
      ledger.acknowledged.put(path, same.getFirst());
      sent.removeIf(other -> !other.equals(same.getFirst()));
    }

    private byte[] read(String path) throws IOException {
      var blob = drive.entry(path).flatMap(file -> file.entry().blob());
      if (blob.isEmpty()) {
        return new byte[0];
      }
      try (InputStream in = drive.read(blob.get())) {
        return in.readAllBytes();
      }
    }
  }

  /// What a number stands for: 1 byte to somewhat more than a group of blocks.
  private static byte[] bytes(long content) {
    Random random = new Random(content);
    byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? LARGEST : 1000)];
    random.nextBytes(bytes);
    return bytes;
  }
}
