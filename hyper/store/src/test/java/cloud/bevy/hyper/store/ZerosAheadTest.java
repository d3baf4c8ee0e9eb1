package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.SimulatedMachine;
import cloud.bevy.testing.simulator.Simulation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small groups, for which the disk is made ready ahead, and large ones among them.
final class ZerosAheadTest {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final int BLOCK = 10_000;

  private final List<String> said = new ArrayList<>();

  @Test
  void fewGroupsWriteNothingAhead(@TempDir Path folder) throws Exception {
    try (Store store = Store.open(world(), folder, StoreLimits.defaults())) {
      put(store, 0, 3, BLOCK);
      assertThat(length(folder)).isEqualTo(store.statistics().bytes());
    }
  }

  @Test
  void manySmallGroupsAreWrittenOverZeros(@TempDir Path folder) throws Exception {
    int inPlace = 0;
    try (Store store = Store.open(world(), folder, StoreLimits.defaults())) {
      long before = 0;
      for (int index = 0; index < 400; index++) {
        put(store, index, 1, BLOCK);
        long length = length(folder);
        assertThat(length - store.statistics().bytes()).isBetween(0L, (long) ZerosAhead.MOST);
        inPlace += length == before ? 1 : 0;
        before = length;
      }
      assertThat(inPlace).isGreaterThan(380);
      store.rest();
      put(store, 400, 1, BLOCK);
    }
    long length = length(folder);
    try (Store store = Store.open(world(), folder, StoreLimits.defaults())) {
      assertThat(length).as("once it was closed").isEqualTo(store.statistics().bytes());
    }
    check(folder, 401);
  }

  @Test
  void largeGroupsMakeTheirOwnWay(@TempDir Path folder) throws Exception {
    try (Store store = Store.open(world(), folder, StoreLimits.defaults())) {
      for (int index = 0; index < 10; index++) {
        put(store, index, 1, ZerosAhead.LARGE_GROUP);
        assertThat(length(folder)).isEqualTo(store.statistics().bytes());
      }
    }
  }

  /// Large groups go past the system's cache, small ones do not, and both end within pages.
  @Test
  void largeAndSmallGroupsStandSideBySide(@TempDir Path folder) throws Exception {
    int[] sizes = {100, 1 << 20, 9_000, (1 << 20) + 4097, 3, 5 << 20, 70_000, 2 << 20, 4096};
    for (int round = 0; round < 2; round++) {
      try (Store store = Store.open(world(), folder, StoreLimits.defaults())) {
        StoredCore core = Model.handle(store, Model.id(1));
        for (int i = 0; i < sizes.length; i++) {
          int index = round * sizes.length + i;
          Head head = new Head(index + 1, index, 0, new byte[32], new byte[64]);
          Batch batch = new Batch().block(core, index, bytes(index, sizes[i])).head(core, head);
          store.submit(batch).await(DEADLINE);
        }
      }
    }
    try (Store store = Store.open(world(), folder, StoreLimits.defaults())) {
      StoredCore core = store.find(Model.id(1)).orElseThrow();
      for (int index = 0; index < 2 * sizes.length; index++) {
        ByteBuffer expected = bytes(index, sizes[index % sizes.length]);
        assertThat(core.block(index)).isEqualTo(new BlockLookup.Found(expected));
      }
      assertThat(store.statistics().damage()).isZero();
    }
  }

  /// A process that is killed leaves the zeros behind: nothing is missed, and nobody is told of
  /// damage.
  @Test
  void zerosThatWereLeftBehindAreNoDamage() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            Store store = Store.open(world, Workload.DIRECTORY, StoreLimits.defaults());
            put(store, 0, 100, BLOCK);
            Path segment = new Layout(Workload.DIRECTORY).segment(1);
            try (DiskFile file = world.disk().open(segment, Disk.Mode.READ)) {
              assertThat(file.size()).isGreaterThan(store.statistics().bytes());
            }
          });
          machine.crash();
          machine.run(world -> {
            try (Store store = Store.open(world, Workload.DIRECTORY, StoreLimits.defaults())) {
              assertThat(store.statistics().damage()).isZero();
              put(store, 100, 1, BLOCK);
              assertThat(store.find(Model.id(1)).orElseThrow().head().length()).isEqualTo(101);
            }
          });
        });
  }

  /// The last bytes of a disk are for what is stored, not for zeros.
  @Test
  void aDiskIsFilledToTheEnd() {
    Simulation.run(
        1,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(world -> {
            try (Store store = Store.open(world, Workload.DIRECTORY, StoreLimits.defaults())) {
              put(store, 0, 20, BLOCK);
              machine.disk().capacity(machine.disk().used() + 12 * BLOCK);
              put(store, 20, 10, BLOCK);
              assertThat(store.find(Model.id(1)).orElseThrow().head().length()).isEqualTo(30);
            }
          });
        });
  }

  private World world() {
    return RealWorld.create((_, sentence) -> said.add(sentence));
  }

  private void check(Path folder, int blocks) {
    try (Store store = Store.open(world(), folder, StoreLimits.defaults())) {
      StoredCore core = store.find(Model.id(1)).orElseThrow();
      for (int index = 0; index < blocks; index++) {
        assertThat(core.block(index)).isEqualTo(new BlockLookup.Found(bytes(index, BLOCK)));
      }
      assertThat(store.statistics().damage()).isZero();
    }
    assertThat(said).isEmpty();
  }

  private static long length(Path folder) throws IOException {
    return Files.size(new Layout(folder).segment(1));
  }

  private static void put(Store store, int from, int blocks, int size) throws Exception {
    StoredCore core = Model.handle(store, Model.id(1));
    for (int index = from; index < from + blocks; index++) {
      Head head = new Head(index + 1, (index + 1L) * size, 0, new byte[32], new byte[64]);
      Batch batch = new Batch().block(core, index, bytes(index, size)).head(core, head);
      store.submit(batch).await(DEADLINE);
    }
  }

  private static ByteBuffer bytes(int index, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      bytes.put((byte) (index + bytes.position() + 1));
    }
    return bytes.flip();
  }
}
