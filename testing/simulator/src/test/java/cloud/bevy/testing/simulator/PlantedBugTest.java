package cloud.bevy.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The simulator must find bugs of the kinds it is there for.
final class PlantedBugTest {
  private static final Path FILE = Path.of("/file");
  private static final int SEEDS = 100;

  @Test
  void acknowledgingBeforeTheSyncIsFound() {
    assertThatThrownBy(() -> writeAndCrash("planted-sync", world -> write(world, false)))
        .isInstanceOf(SimulationFailed.class);
  }

  @Test
  void forgettingTheFolderIsFound() {
    assertThatThrownBy(() -> writeAndCrash("planted-folder", world -> write(world, true)))
        .isInstanceOf(SimulationFailed.class);
  }

  @Test
  void theRightProgramPasses() {
    writeAndCrash(
        "planted-none",
        world -> {
          write(world, true);
          world.disk().syncDirectory(FILE.getParent());
        });
  }

  @Test
  void aLostUpdateIsFound() {
    Scenario scenario =
        simulation -> {
          World world = simulation.machine("a").world();
          world.disk().open(FILE, Disk.Mode.CREATE).write(ByteBuffer.wrap(new byte[1]), 0);
          AtomicInteger ended = new AtomicInteger();
          for (int i = 0; i < 2; i++) {
            world.tasks().start("adder", () -> add(world, ended));
          }
          simulation.tasks().sleep(Duration.ofSeconds(1));
          assertThat(ended).hasValue(2);
          assertThat(world.disk().read(FILE, 1)).containsExactly(2);
        };
    assertThatThrownBy(() -> Seeds.forEach("planted-race", SEEDS, scenario))
        .isInstanceOf(SimulationFailed.class);
  }

  private static void writeAndCrash(String name, SimulatedMachine.Program program) {
    Seeds.forEach(
        name,
        SEEDS,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(program);
          machine.crash();
          assertThat(machine.world().disk().read(FILE, 10)).containsExactly(1, 2, 3);
        });
  }

  private static void write(World world, boolean sync) throws IOException {
    try (DiskFile file = world.disk().open(FILE, Disk.Mode.CREATE)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
      if (sync) {
        file.sync();
      }
    }
  }

  private static void add(World world, AtomicInteger ended) {
    try (DiskFile file = world.disk().open(FILE, Disk.Mode.WRITE)) {
      ByteBuffer value = ByteBuffer.allocate(1);
      file.readFully(value, 0);
      value.put(0, (byte) (value.get(0) + 1)).rewind();
      file.write(value, 0);
      ended.incrementAndGet();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
