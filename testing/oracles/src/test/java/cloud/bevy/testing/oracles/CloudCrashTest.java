package cloud.bevy.testing.oracles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.CloudLimits;
import cloud.bevy.cluster.cloud.Clouds;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.testing.simulator.DiskCall;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Scenario;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedDisk;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import cloud.bevy.testing.simulator.SimulationFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A cloud whose machine loses power at any moment while objects and items are written, on a disk
/// that forgets, tears and shuffles what was not synced.
final class CloudCrashTest {
  private static final int SEEDS = 200;
  private static final int SEEDS_FOR_A_BUG = 50;
  private static final int CRASHES = 3;
  private static final int LATEST_CRASH = 200;
  private static final Path HOME = Path.of("/home");
  private static final String CLOUD = "mine";
  private static final Duration FOR_EVER = Duration.ofDays(1);

  /// So small that segments are sealed and checkpoints written all the time.
  private static final CloudLimits LIMITS =
      new CloudLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          100_000,
          new StoreLimits(256 << 10, 300, 1 << 20, 4, 4, Duration.ofSeconds(30)));

  @Test
  void nothingAcknowledgedIsLostAndNothingElseIsHalfThereAfterPowerCuts() {
    Seeds.forEach("cloud crashes", SEEDS, scenario(_ -> {}));
  }

  @Test
  void aDiskThatOnlyPretendsToSyncItsFilesIsFoundOut() {
    assertFound(disk -> disk.pretend(DiskCall.SYNC));
  }

  @Test
  void aDiskThatOnlyPretendsToSyncItsFoldersIsFoundOut() {
    assertFound(disk -> disk.pretend(DiskCall.SYNC_DIRECTORY));
  }

  private static void assertFound(Consumer<SimulatedDisk> bug) {
    assertThatThrownBy(() -> Seeds.forEach("planted", SEEDS_FOR_A_BUG, scenario(bug)))
        .isInstanceOf(SimulationFailed.class);
  }

  private static Scenario scenario(Consumer<SimulatedDisk> bug) {
    return simulation -> {
      SimulatedMachine machine = simulation.machine("a");
      List<Writer> writers = writers(simulation);
      for (int i = 0; i < CRASHES; i++) {
        machine.disk().failAt(1 + simulation.chance().below(LATEST_CRASH), DiskFailure.POWER_CUT);
        Runnable plant = () -> bug.accept(machine.disk());
        assertThat(machine.run(world -> writeUntilTheEnd(world, writers, plant))).isFalse();
      }
      machine.run(world -> check(world, writers));
      machine.run(world -> check(world, writers));
    };
  }

  private static List<Writer> writers(Simulation simulation) {
    SplittableRandom random = new SplittableRandom(simulation.chance().nextLong());
    return List.of(
        new ObjectWriter("one", random.split()),
        new ObjectWriter("two", random.split()),
        new ItemWriter("three", random.split()),
        new ItemWriter("four", random.split()),
        new ShelfWriter(random.split()),
        new StreamFollower(random.split()));
  }

  /// A start, whose recovery the power cut may hit as well, and writes from then on.
  ///
  /// @param plant plants a bug when all is ready for the writers
  private static void writeUntilTheEnd(World world, List<Writer> writers, Runnable plant)
      throws Exception {
    Clouds clouds = Clouds.open(world, HOME, LIMITS);
    clouds.create(CLOUD);
    Cloud cloud = clouds.open(CLOUD).orElseThrow().cloud();
    check(cloud, writers);
    plant.run();
    List<Tasks.Task> tasks = new ArrayList<>();
    for (Writer writer : writers) {
      tasks.add(world.tasks().start("writer", () -> writeUntilTheEnd(cloud, writer)));
    }
    for (Tasks.Task task : tasks) {
      task.join(FOR_EVER);
    }
  }

  private static void writeUntilTheEnd(Cloud cloud, Writer writer) {
    try {
      while (true) {
        writer.write(cloud);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A start, a look at everything, and an orderly end.
  private static void check(World world, List<Writer> writers) throws IOException {
    try (Clouds clouds = Clouds.open(world, HOME, LIMITS)) {
      clouds.create(CLOUD);
      try (Lease lease = clouds.open(CLOUD).orElseThrow()) {
        check(lease.cloud(), writers);
      }
    }
  }

  private static void check(Cloud cloud, List<Writer> writers) throws IOException {
    ObjectWriter.prepare(cloud);
    ItemWriter.prepare(cloud);
    for (Writer writer : writers) {
      writer.check(cloud);
    }
  }
}
