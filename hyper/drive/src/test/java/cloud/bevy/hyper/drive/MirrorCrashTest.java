package cloud.bevy.hyper.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import cloud.bevy.testing.simulator.DiskFailure;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A machine that loses power at any moment while it mirrors a drive to a folder.
final class MirrorCrashTest {
  private static final StoreLimits LIMITS =
      new StoreLimits(4 << 20, 500, 8 << 20, 4, 16, Duration.ofSeconds(30));
  private static final Path STORE = Path.of("/store");
  private static final Path FOLDER = Path.of("/folder");
  private static final int FILES = 6;
  private static final int LIVES = 3;
  private static final String OLD = "old ".repeat(200);
  private static final String NEW = "new and longer ".repeat(200);

  @Test
  void afterEveryCrashAFileIsTheOldOneOrTheNewOne() {
    Seeds.forEach("mirror crashes", 12, MirrorCrashTest::lives);
  }

  private static void lives(Simulation simulation) throws Exception {
    SimulatedMachine machine = simulation.machine("a");
    assertThat(machine.run(world -> mirror(world, OLD))).isTrue();
    assertThat(machine.run(world -> fill(world, NEW))).isTrue();
    for (int life = 0; life < LIVES; life++) {
      machine.disk().failAt(1 + simulation.chance().below(150), DiskFailure.POWER_CUT);
      machine.run(world -> open(world, drive -> drive.mirrorTo(FOLDER).run()));
      machine.crash();
      machine.disk().failNoMore();
      assertThat(machine.run(world -> check(world.disk()))).isTrue();
    }
    assertThat(machine.run(world -> open(world, drive -> drive.mirrorTo(FOLDER).run()))).isTrue();
    machine.crash();
    Disk disk = machine.world().disk();
    for (int i = 0; i < FILES; i++) {
      assertThat(text(disk, FOLDER.resolve("d" + i % 2 + "/f" + i))).isEqualTo(NEW);
    }
    assertThat(disk.readLink(FOLDER.resolve("link"))).isEqualTo("d0/f0");
    assertThat(disk.list(FOLDER)).extracting(Path::toString).containsExactly("d0", "d1", "link");
    assertThat(disk.look(FOLDER.resolve("d0/f0")).orElseThrow().executable()).isTrue();
  }

  private static void mirror(World world, String text) throws Exception {
    fill(world, text);
    open(world, drive -> drive.mirrorTo(FOLDER).run());
  }

  private static void fill(World world, String text) throws Exception {
    open(
        world,
        drive -> {
          for (int i = 0; i < FILES; i++) {
            drive.put("/d" + i % 2 + "/f" + i, text.getBytes(UTF_8), FileOptions.EXECUTABLE);
          }
          drive.link("/link", "d0/f0");
        });
  }

  private interface Use {
    void of(Drive drive) throws Exception;
  }

  private static void open(World world, Use use) throws Exception {
    try (Store store = Store.open(world, STORE, LIMITS)) {
      Corestore cores = Corestore.open(world, store, new byte[32]);
      use.of(Drive.open(world, cores, new NodeCache(1 << 20)));
    }
  }

  /// Each file is there as a whole, and no other is.
  private static void check(Disk disk) throws IOException {
    for (int i = 0; i < FILES; i++) {
      assertThat(text(disk, FOLDER.resolve("d" + i % 2 + "/f" + i))).isIn(OLD, NEW);
    }
  }

  private static String text(Disk disk, Path path) throws IOException {
    return new String(disk.read(path, 1 << 20), UTF_8);
  }
}
