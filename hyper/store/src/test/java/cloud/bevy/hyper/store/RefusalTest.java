package cloud.bevy.hyper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store does not do, and what it says then.
final class RefusalTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final World world = RealWorld.create((level, sentence) -> {});

  @TempDir Path directory;

  @Test
  void aFolderWithSomethingElseInItIsNotTakenForAStore() throws Exception {
    Files.writeString(directory.resolve("letter.txt"), "dear");
    expectFault(StoreFault.Kind.FOREIGN, "letter.txt");
    assertThat(directory.resolve("FORMAT")).doesNotExist();
  }

  @Test
  void aStoreOfANewerVersionSaysThatANewerProgramIsNeeded() throws Exception {
    Files.writeString(directory.resolve("FORMAT"), "cloud bevy store\nversion 2\nwhatever\n");
    expectFault(StoreFault.Kind.NEWER, "version 2");
  }

  @Test
  void aDamagedFormatFileStopsTheStart() throws Exception {
    Files.writeString(directory.resolve("FORMAT"), FormatFile.content(7).replace("7", "8"));
    expectFault(StoreFault.Kind.DAMAGED, "FORMAT");
  }

  @Test
  void aStoreThatLostItsCheckpointsStopsTheStart() throws Exception {
    open().close();
    Files.write(directory.resolve("segments/0000000009.log"), new byte[100]);
    expectFault(StoreFault.Kind.DAMAGED, "checkpoint");
  }

  @Test
  void aStoreIsOpenedOnceAtATime() {
    try (Store _ = open()) {
      expectFault(StoreFault.Kind.LOCKED, "in use");
    }
  }

  @Test
  void whatIsSubmittedToAClosedStoreIsRefused() {
    Store store = open();
    StoredCore core = store.create(Model.id(1), new byte[0]);
    store.close();
    Ticket ticket = store.submit(new Batch().block(core, 0, ByteBuffer.allocate(1)));
    StoreFault fault = catchThrowableOfType(StoreFault.class, () -> ticket.await(DEADLINE));
    assertThat(fault.kind()).isEqualTo(StoreFault.Kind.STOPPED);
    assertThatThrownBy(() -> core.block(0)).isInstanceOf(StoreFault.class);
  }

  @Test
  void aHandleToADroppedCoreSeesNothingAndWritesNothing() throws Exception {
    try (Store store = open()) {
      StoredCore old = store.create(Model.id(1), new byte[0]);
      store.submit(new Batch().block(old, 0, ByteBuffer.allocate(1)));
      store.submit(new Batch().drop(old)).await(DEADLINE);
      StoredCore again = store.create(Model.id(1), new byte[] {1});
      store.submit(new Batch().block(again, 0, ByteBuffer.allocate(2))).await(DEADLINE);
      assertThat(old.block(0)).isEqualTo(new BlockLookup.Missing(0));
      Ticket ticket = store.submit(new Batch().block(old, 1, ByteBuffer.allocate(1)));
      StoreFault fault = catchThrowableOfType(StoreFault.class, () -> ticket.await(DEADLINE));
      assertThat(fault.kind()).isEqualTo(StoreFault.Kind.STALE);
    }
  }

  @Test
  void whatComesBehindSomethingThatWasNotStoredIsRefused() throws Exception {
    try (Store store = open()) {
      StoredCore dropped = store.create(Model.id(1), new byte[0]);
      store.submit(new Batch().block(dropped, 0, ByteBuffer.allocate(1)));
      Ticket stored = store.submit(new Batch().drop(dropped));
      Ticket lost = store.submit(new Batch().block(dropped, 1, ByteBuffer.allocate(1)));
      StoredCore core = store.create(Model.id(2), new byte[0]);
      Ticket refused =
          store.submit(
              new Batch().block(core, 0, ByteBuffer.allocate(1)).behind(stored).behind(lost));
      StoreFault fault = catchThrowableOfType(StoreFault.class, () -> refused.await(DEADLINE));
      assertThat(fault.kind()).isEqualTo(StoreFault.Kind.UNFOUNDED);
      assertThat(core.block(0)).isEqualTo(new BlockLookup.Missing(0));
      Batch founded = new Batch().block(core, 0, ByteBuffer.allocate(1)).behind(stored);
      store.submit(founded).await(DEADLINE);
      assertThat(core.block(0)).isInstanceOf(BlockLookup.Found.class);
    }
  }

  @Test
  void blocksOfTheLargestSizeAreTakenAndLargerOnesRefused() throws Exception {
    try (Store store = open()) {
      StoredCore core = store.create(Model.id(1), new byte[0]);
      ByteBuffer largest = ByteBuffer.allocate(Batch.MAXIMUM_BLOCK);
      store.submit(new Batch().block(core, 0, largest)).await(DEADLINE);
      assertThat(core.block(0)).isInstanceOf(BlockLookup.Found.class);
      ByteBuffer larger = ByteBuffer.allocate(Batch.MAXIMUM_BLOCK + 1);
      assertThatThrownBy(() -> new Batch().block(core, 1, larger))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Store open() {
    return Store.open(world, directory, StoreLimits.defaults());
  }

  private void expectFault(StoreFault.Kind kind, String named) {
    StoreFault fault = catchThrowableOfType(StoreFault.class, this::open);
    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault).hasMessageContaining(named);
    assertThat(fault.hint()).isNotEmpty();
  }
}
