package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.FilePart;
import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.testing.simulator.Seeds;
import cloud.bevy.testing.simulator.SimulatedMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Segments that nothing refers to any more are kept, and written over.
final class SparesTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final int SEGMENT = 64 << 10;
  private static final int BLOCK = 4 << 10;
  private static final int BLOCKS = SEGMENT / BLOCK;

  /// How many half segments are written.
  private static final int MORE = 10;

  private static final StoreLimits SMALL =
      new StoreLimits(SEGMENT, 1000, 1 << 20, 8, 8, Duration.ofSeconds(10));

  private final World world = RealWorld.create((level, sentence) -> {});
  @TempDir Path directory;

  @Test
  void aDeadSegmentIsWrittenOver() throws Exception {
    try (Store store = open()) {
      put(store, 1, BLOCKS);
      drop(store, 1);
      assertThat(writesOver(store)).isTrue();
      check(store);
    }
    try (Store store = open()) {
      check(store);
      assertThat(store.statistics().damage()).isZero();
      assertThat(segmentBytes()).as("cut to what is used").isEqualTo(store.statistics().bytes());
    }
  }

  @Test
  void whoReadsASegmentReadsOnWhenItIsDead() throws Exception {
    try (Store store = open()) {
      put(store, 1, BLOCKS);
      try (FilePart part = part(store)) {
        drop(store, 1);
        assertThat(writesOver(store)).isFalse();
        assertThat(bytes(part)).isEqualTo(block(1, 0));
      }
    }
  }

  @Test
  void whatWasSentWithoutACopyIsNotWrittenOverAsItMayNotHaveArrived() throws Exception {
    try (Store store = open()) {
      put(store, 1, BLOCKS);
      try (FilePart part = part(store)) {
        assertThat(bytes(part)).isEqualTo(block(1, 0));
      }
      drop(store, 1);
      assertThat(writesOver(store)).isFalse();
    }
  }

  @Test
  void whatAnotherProcessKeptIsDeleted() throws Exception {
    open().close();
    Path kept = directory.resolve("segments/spare-1");
    Files.write(kept, new byte[SEGMENT]);
    open().close();
    assertThat(kept).doesNotExist();
  }

  @Test
  void aFullDiskHasTheSpaceOfWhatIsKept() {
    Seeds.forEach(
        "spare",
        3,
        simulation -> {
          SimulatedMachine machine = simulation.machine("a");
          machine.run(simulated -> fillUp(simulated, machine));
        });
  }

  private static void fillUp(World simulated, SimulatedMachine machine) throws Exception {
    Path segments = Workload.DIRECTORY.resolve("segments");
    try (Store store = Store.open(simulated, Workload.DIRECTORY, SMALL)) {
      for (int name = 1; name <= 2 * Spares.MOST; name++) {
        put(store, name, BLOCKS);
      }
      for (int name = 1; name <= 2 * Spares.MOST; name++) {
        drop(store, name);
      }
      store.reclaim();
      put(store, 1, 1);
      assertThat(simulated.disk().list(segments)).anyMatch(SparesTest::isSpare);
      machine.disk().capacity(machine.disk().used());
      put(store, 2, BLOCKS / 2);
      assertThat(simulated.disk().list(segments)).noneMatch(SparesTest::isSpare);
    }
  }

  private static boolean isSpare(Path file) {
    return String.valueOf(file.getFileName()).startsWith("spare");
  }

  private Store open() {
    return Store.open(world, directory, SMALL);
  }

  /// Fills segments.
  ///
  /// @return whether one of them was begun over something longer, which ends with no zeros
  private boolean writesOver(Store store) throws Exception {
    boolean over = false;
    for (int name = 2; name < 2 + MORE; name++) {
      put(store, name, BLOCKS / 2);
      over |= bytesBeforeZeros() > store.statistics().bytes();
    }
    return over;
  }

  private static void check(Store store) {
    for (int name = 2; name < 2 + MORE; name++) {
      StoredCore core = store.find(Model.id(name)).orElseThrow();
      for (int index = 0; index < BLOCKS / 2; index++) {
        ByteBuffer expected = ByteBuffer.wrap(block(name, index));
        assertThat(core.block(index)).isEqualTo(new BlockLookup.Found(expected));
      }
    }
  }

  private long segmentBytes() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(directory.resolve("segments"))) {
      for (Path file : files.filter(file -> !isSpare(file)).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private long bytesBeforeZeros() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(directory.resolve("segments"))) {
      for (Path file : files.filter(file -> !isSpare(file)).toList()) {
        byte[] content = Files.readAllBytes(file);
        int end = content.length;
        while (end > 0 && content[end - 1] == 0) {
          end--;
        }
        bytes += end;
      }
    }
    return bytes;
  }

  private static void put(Store store, int name, int blocks) throws Exception {
    StoredCore core = store.find(Model.id(name)).orElse(null);
    core = core == null ? store.create(Model.id(name), new byte[0]) : core;
    for (int index = 0; index < blocks; index++) {
      Batch batch = new Batch().block(core, index, ByteBuffer.wrap(block(name, index)));
      store.submit(batch).await(DEADLINE);
    }
  }

  private static void drop(Store store, int name) throws Exception {
    StoredCore core = store.find(Model.id(name)).orElseThrow();
    store.submit(new Batch().drop(core)).await(DEADLINE);
  }

  private static FilePart part(Store store) {
    return store.find(Model.id(1)).orElseThrow().part(0).orElseThrow();
  }

  private static byte[] bytes(FilePart part) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    part.transferTo(0, part.size(), Channels.newChannel(sent));
    return sent.toByteArray();
  }

  private static byte[] block(int name, int index) {
    byte[] block = new byte[BLOCK];
    Arrays.fill(block, (byte) (100 * name + index));
    return block;
  }
}
