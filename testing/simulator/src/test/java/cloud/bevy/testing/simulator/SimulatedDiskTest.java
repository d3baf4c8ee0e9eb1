package cloud.bevy.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SimulatedDiskTest {
  private static final Path FOLDER = Path.of("/data");
  private static final Path FILE = FOLDER.resolve("file");

  @Test
  void whatWasSyncedInASyncedFolderSurvives() {
    Seeds.forEach(
        "synced",
        50,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            write(world.disk(), "kept");
            world.disk().syncDirectory(FOLDER);
          });
          machine.crash();
          assertThat(read(machine.world().disk())).isEqualTo("kept");
        });
  }

  @Test
  void anEntryOfAFolderThatWasNotSyncedSometimesDisappears() {
    Set<Boolean> seen = new TreeSet<>();
    Seeds.forEach(
        "entries",
        50,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> write(world.disk(), "kept"));
          machine.crash();
          seen.add(machine.world().disk().exists(FILE));
        });
    assertThat(seen).containsExactly(false, true);
  }

  @Test
  void bytesThatWereNotSyncedMaySurviveWholeTornOrNotAtAll() {
    Set<Integer> lengths = new TreeSet<>();
    Seeds.forEach(
        "torn",
        200,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            world.disk().createDirectories(FOLDER);
            DiskFile file = world.disk().open(FILE, Disk.Mode.CREATE);
            world.disk().syncDirectory(FOLDER);
            file.write(ByteBuffer.wrap("0123456789".getBytes(StandardCharsets.UTF_8)), 0);
          });
          machine.crash();
          lengths.add(read(machine.world().disk()).length());
        });
    assertThat(lengths).contains(0, 10).hasSizeGreaterThan(4);
  }

  @Test
  void aRenameHappensWholeOrNotAtAll() {
    Set<String> seen = new TreeSet<>();
    Seeds.forEach(
        "rename",
        100,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            write(world.disk(), "old");
            world.disk().syncDirectory(FOLDER);
          });
          machine.disk().failAt(DiskCall.SYNC_DIRECTORY, 1, DiskFailure.POWER_CUT);
          boolean finished =
              machine.run(
                  world -> world.disk().replace(FILE, "new".getBytes(StandardCharsets.UTF_8)));
          assertThat(finished).isFalse();
          seen.add(read(machine.world().disk()));
        });
    assertThat(seen).containsExactly("new", "old");
  }

  @Test
  void aLinkSurvivesOnceItsFolderIsSynced() {
    Set<Boolean> seen = new TreeSet<>();
    Seeds.forEach(
        "links",
        50,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          Path kept = FOLDER.resolve("kept");
          Path perhaps = FOLDER.resolve("perhaps");
          machine.run(world -> {
            world.disk().createDirectories(FOLDER);
            world.disk().createLink(kept, "nowhere");
            world.disk().syncDirectory(FOLDER);
            world.disk().createLink(perhaps, "nowhere");
          });
          machine.crash();
          assertThat(machine.world().disk().readLink(kept)).isEqualTo("nowhere");
          seen.add(machine.world().disk().look(perhaps).isPresent());
        });
    assertThat(seen).containsExactly(false, true);
  }

  @Test
  void whoMayRunAFileIsDurableOnceItIsSynced() {
    Set<Boolean> seen = new TreeSet<>();
    Seeds.forEach(
        "rights",
        50,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            write(world.disk(), "kept");
            world.disk().syncDirectory(FOLDER);
            DiskFile file = world.disk().open(FILE, Disk.Mode.WRITE);
            file.executable(true);
            file.sync();
            file.executable(false);
          });
          machine.crash();
          seen.add(machine.world().disk().look(FILE).orElseThrow().executable());
        });
    assertThat(seen).containsExactly(false, true);
  }

  @Test
  void theNthCallFailsAsToldAndTheNextDoesNot() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.disk().failAt(DiskCall.SYNC, 2, DiskFailure.INPUT_OUTPUT_ERROR);
          machine.run(world -> {
            write(world.disk(), "first");
            assertThatThrownBy(() -> write(world.disk(), "second"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Input/output error");
            write(world.disk(), "third");
          });
        });
  }

  @Test
  void aFailedSyncIsNotMadeUpForByALaterOne() {
    Set<String> seen =
        afterOverwriting(
            "failed-sync",
            machine -> {
              machine.disk().failAt(DiskCall.SYNC, 1, DiskFailure.INPUT_OUTPUT_ERROR);
              machine.run(world -> {
                assertThatThrownBy(() -> write(world.disk(), "lost"))
                    .isInstanceOf(IOException.class);
                assertThat(read(world.disk())).isEqualTo("lost");
                world.disk().open(FILE, Disk.Mode.WRITE).sync();
              });
            });
    assertThat(seen).contains("....", "lost");
  }

  @Test
  void aPretendedSyncKeepsNothing() {
    Set<String> seen =
        afterOverwriting(
            "pretended-sync",
            machine -> {
              machine.disk().pretend(DiskCall.SYNC);
              machine.run(world -> write(world.disk(), "lost"));
            });
    assertThat(seen).contains("....", "lost");
  }

  @Test
  void opensWhatExistsAlsoWhenThereIsNoRoom() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            machine.disk().failAt(DiskCall.OPEN, 1, DiskFailure.DISK_FULL);
            assertThatThrownBy(() -> world.disk().open(FILE, Disk.Mode.WRITE))
                .isInstanceOf(DiskFullException.class);
            write(world.disk(), "there");
            machine.disk().failAt(DiskCall.OPEN, 1, DiskFailure.DISK_FULL);
            assertThat(read(world.disk())).isEqualTo("there");
          });
        });
  }

  @Test
  void aFullDiskRefusesWritesAndGoesOnReading() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.disk().capacity(10);
          machine.run(world -> {
            write(world.disk(), "0123456789");
            DiskFile file = world.disk().open(FILE, Disk.Mode.WRITE);
            assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 10))
                .isInstanceOf(DiskFullException.class);
            assertThat(read(world.disk())).isEqualTo("0123456789");
            world.disk().delete(FILE);
            assertThat(world.disk().freeSpace(FOLDER)).isEqualTo(10);
          });
        });
  }

  @Test
  void rotFlipsOneBit() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> write(world.disk(), "0123456789"));
          int position = Math.toIntExact(machine.disk().rot(FILE));
          byte[] bytes = machine.world().disk().read(FILE, 100);
          int difference = bytes[position] ^ ('0' + position);
          assertThat(Integer.bitCount(difference & 0xff)).isEqualTo(1);
        });
  }

  @Test
  void aLockIsHeldOnceAndEndsWithTheMachine() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          AtomicReference<Disk.DiskLock> lock = new AtomicReference<>();
          machine.run(world -> {
            world.disk().createDirectories(FOLDER);
            lock.set(world.disk().tryLock(FILE).orElseThrow());
            assertThat(world.disk().tryLock(FILE)).isEmpty();
          });
          machine.crash();
          machine.run(world -> assertThat(world.disk().tryLock(FILE)).isPresent());
        });
  }

  private interface Overwriting {
    void on(SimulatedMachine machine) throws Exception;
  }

  /// What there can be after a crash that follows an attempt to overwrite a synced file.
  private static Set<String> afterOverwriting(String name, Overwriting overwriting) {
    Set<String> seen = new TreeSet<>();
    Seeds.forEach(
        name,
        50,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            write(world.disk(), "....");
            world.disk().syncDirectory(FOLDER);
          });
          overwriting.on(machine);
          machine.crash();
          seen.add(read(machine.world().disk()));
        });
    return seen;
  }

  private static void write(Disk disk, String text) throws IOException {
    disk.createDirectories(FOLDER);
    try (DiskFile file = disk.open(FILE, Disk.Mode.WRITE)) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      file.sync();
    }
  }

  private static String read(Disk disk) throws IOException {
    return new String(disk.read(FILE, 100), StandardCharsets.UTF_8);
  }
}
