package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A byte, a sector or a stretch of a file that is no more what was written, at every kind of frame
/// and in every file: what was not hit is there, what was hit is never something else, and it is
/// said.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DamageTest {
  private static final int SECTOR = 4 << 10;
  private static final List<Integer> SIZES = List.of(1, 100, SECTOR, 64 << 10);
  private static final CoreId FRESH = Model.id(200);
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final World world = RealWorld.create((level, sentence) -> said.add(sentence));
  private Wounded wounded;

  @BeforeAll
  void fill(@TempDir Path folder) throws Exception {
    wounded = Wounded.fill(world, folder);
  }

  @Test
  void namesOfCoresThatAreDamagedTakeNothingElseWithThem() throws Exception {
    each(Frame.CORE);
  }

  @Test
  void blocksThatAreDamagedTakeNothingElseWithThem() throws Exception {
    each(Frame.BLOCK);
  }

  @Test
  void treeNodesThatAreDamagedTakeNothingElseWithThem() throws Exception {
    each(Frame.NODE);
  }

  @Test
  void headsThatAreDamagedTakeNothingElseWithThem() throws Exception {
    each(Frame.HEAD);
  }

  @Test
  void endsOfGroupsThatAreDamagedTakeNothingElseWithThem() throws Exception {
    each(Frame.COMMIT);
  }

  @Test
  void indexesThatAreDamagedAreMadeAgain() throws Exception {
    each(Frame.INDEX);
  }

  @Test
  void headersOfSegmentsThatAreDamagedTakeNothingElseWithThem() throws Exception {
    for (Path segment : wounded.segments()) {
      each(segment, 0);
    }
  }

  @Test
  void checkpointsThatAreDamagedAreDoneWithout() throws Exception {
    for (Path checkpoint : wounded.checkpoints()) {
      each(checkpoint, 0);
      each(checkpoint, wounded.size(checkpoint) / 2);
      each(checkpoint, wounded.size(checkpoint) - 1);
    }
  }

  /// The segment is replayed then, from the checkpoint before.
  @Test
  void aSegmentAndTheLatestCheckpointThatAreDamagedTakeNothingElseWithThem() throws Exception {
    Path checkpoint = wounded.checkpoints().getLast();
    Path segment = wounded.lastSealed();
    for (byte kind = Frame.CORE; kind <= Frame.INDEX; kind++) {
      for (Wounded.Spot spot : wounded.spots(segment, kind)) {
        for (int size : List.of(SECTOR, SIZES.getLast())) {
          wounded.hurt(checkpoint, wounded.size(checkpoint) / 2, 1);
          hurt(segment, spot.from(), size);
        }
      }
    }
  }

  @Test
  void theFileThatSaysWhatTheFolderIsIsMadeAgain() throws Exception {
    each(Path.of("FORMAT"), wounded.size(Path.of("FORMAT")) / 2);
    each(Path.of("FORMAT"), 0);
  }

  private void each(byte kind) throws Exception {
    for (Path segment : wounded.segments()) {
      for (Wounded.Spot spot : wounded.spots(segment, kind)) {
        each(segment, spot.from());
        hurt(segment, (spot.from() + Frame.HEADER + spot.to()) / 2, 1);
      }
    }
  }

  private void each(Path file, long at) throws Exception {
    for (int size : SIZES) {
      hurt(file, at, size);
    }
  }

  private void hurt(Path file, long at, int size) throws Exception {
    Wounded.Spot hit = wounded.hurt(file, at, size);
    said.clear();
    String where = file + " from " + hit.from() + " to " + hit.to();
    try {
      try (Store store = wounded.open()) {
        long lost = wounded.check(store, file, hit, where);
        if (lost > 0) {
          assertThat(said).as("it is said: " + where).isNotEmpty();
        }
        goOn(store, where);
      }
      if (size == SECTOR) {
        wounded.open().close();
        try (Store store = wounded.open()) {
          wounded.check(store, file, hit, where + ", opened again");
          StoredCore fresh = store.find(FRESH).orElseThrow();
          assertThat(fresh.blocks(0, StoredCore.MOST_TOLD).cardinality())
              .as("nothing of another core: " + where)
              .isEqualTo(1);
        }
      }
    } finally {
      wounded.heal();
    }
  }

  /// A core can be written, unless what is left of it says that its head is lost.
  private void goOn(Store store, String where) throws Exception {
    Batch batch = new Batch();
    StoredCore fresh = Model.handle(store, FRESH);
    for (int i = 0; i < 2; i++) { // it is named again
      ByteBuffer block = ByteBuffer.allocate(GroupEncoder.NEAR);
      store.submit(new Batch().block(fresh, 0, block)).await(DEADLINE);
    }
    for (CoreId id : wounded.cores()) {
      StoredCore core = store.find(id).orElse(null);
      ByteBuffer block = ByteBuffer.wrap(new byte[] {1});
      if (core == null) {
        continue;
      }
      if (wounded.isBehind(core)) {
        Ticket ticket = store.submit(new Batch().block(core, Wounded.BEYOND, block));
        assertThatThrownBy(() -> ticket.await(DEADLINE))
            .as(where)
            .isInstanceOfSatisfying(
                StoreFault.class,
                fault -> assertThat(fault.kind()).isEqualTo(StoreFault.Kind.DAMAGED));
      } else if (wounded.isWhole(core)) {
        batch.block(core, Wounded.BEYOND, block);
      }
    }
    store.submit(batch).await(DEADLINE);
  }
}
