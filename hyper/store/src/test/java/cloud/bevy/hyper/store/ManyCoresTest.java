package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store with more cores than are kept awake, and more than fit into one buffer.
final class ManyCoresTest {
  private static final int CORES = 6000;
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 500;
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final World world = RealWorld.create((level, sentence) -> {});

  @TempDir Path directory;

  @Test
  void coresThatSleepAreFoundAfterSealingAndARestart() throws Exception {
    try (Store store = open()) {
      fill(store);
      store.reclaim();
      check(store);
    }
    try (Store store = open()) {
      assertThat(store.statistics().damage()).isZero();
      check(store);
    }
  }

  @Test
  void aStoreThatIsAtRestHasNoFileOpen() throws Exception {
    try (Store store = open()) {
      fill(store);
      check(store);
      store.rest();
      for (int attempt = 0; openFiles().size() > 1 && attempt < ATTEMPTS; attempt++) {
        Thread.sleep(PAUSE); // whoever wrote last has said so, and closes the file right after
      }
      assertThat(openFiles()).containsExactly(directory.resolve("lock"));
      check(store);
    }
  }

  private List<Path> openFiles() throws IOException {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.map(ManyCoresTest::target).filter(f -> f.startsWith(directory)).toList();
    }
  }

  @Test
  void whereTheFirstCheckpointIsDamagedTheLogIsReplayedFromTheBeginning() throws Exception {
    try (Store store = open()) {
      fill(store);
      store.reclaim();
    }
    Path checkpoint = directory.resolve("checkpoints/0000000002.checkpoint");
    byte[] bytes = Files.readAllBytes(checkpoint);
    bytes[bytes.length / 2] ^= 1;
    Files.write(checkpoint, bytes);
    try (Store store = open()) {
      assertThat(store.statistics().damage()).isOne();
      check(store);
    }
  }

  private Store open() {
    StoreLimits limits = StoreLimits.defaults();
    return Store.open(
        world,
        directory,
        new StoreLimits(limits.segmentBytes(), limits.segmentEntries(), 1 << 20, 2, 100, DEADLINE));
  }

  private static void fill(Store store) throws Exception {
    Ticket last = null;
    for (int i = 0; i < CORES; i++) {
      StoredCore core = store.create(Model.id(i), new byte[150]);
      Head head = new Head(1, 8, 0, new byte[32], new byte[67]);
      last = store.submit(new Batch().block(core, 0, content(i)).head(core, head));
    }
    last.await(DEADLINE);
  }

  private static void check(Store store) {
    assertThat(store.statistics().cores()).isEqualTo(CORES);
    for (int i = 0; i < CORES; i += 7) {
      BlockLookup found = store.find(Model.id(i)).orElseThrow().block(0);
      assertThat(found).isEqualTo(new BlockLookup.Found(content(i)));
    }
  }

  private static ByteBuffer content(int number) {
    return ByteBuffer.allocate(8).putLong(number).flip();
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException closedMeanwhile) {
      return link;
    }
  }
}
