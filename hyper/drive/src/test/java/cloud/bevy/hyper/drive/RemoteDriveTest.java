package cloud.bevy.hyper.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import cloud.bevy.foundation.base.World;
import cloud.bevy.hyper.bee.BeeBatch;
import cloud.bevy.hyper.bee.BeeFault;
import cloud.bevy.hyper.bee.NodeCache;
import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.core.Corestore;
import cloud.bevy.hyper.store.Store;
import cloud.bevy.hyper.store.StoreLimits;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteDriveTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int BLOCK = BlobWriter.BLOCK_BYTES;

  private final World world = RealWorld.create((_, _) -> {});
  private DriveFixture here;
  private Store store;
  private Corestore cores;
  private Copying peer;
  private Drive drive;

  @BeforeEach
  void open(@TempDir Path folder) {
    here = new DriveFixture(folder.resolve("origin"));
    store = Store.open(world, folder.resolve("copy"), StoreLimits.defaults());
    cores = Corestore.open(world, store, new byte[32]);
    peer = new Copying(world, here.cores);
    drive = Drive.remote(world, cores, here.drive.key(), new NodeCache(1 << 20));
  }

  @AfterEach
  void close() {
    store.close();
    here.close();
  }

  @Test
  void aDriveThatIsKnownByItsKeyAloneIsRead() throws Exception {
    byte[] bytes = bytes(3 * BLOCK + 5);
    here.drive.put("/a/large", bytes);
    here.drive.put("/a/program", bytes("run"), FileOptions.EXECUTABLE.withMetadata("{\"x\":1}"));
    here.drive.link("/link", "a/large");
    try (var _ = drive.follow(peer::follow)) {
      drive.update(DEADLINE);
      assertThat(drive.version()).isEqualTo(here.drive.version());
      assertThat(drive.get("/a/large")).contains(bytes);
      assertThat(drive.content().key()).isEqualTo(here.drive.content().key());
      assertThat(drive.names("/")).toIterable().containsExactly("a", "link");
      DriveFile program = drive.entry("/a/program").orElseThrow();
      assertThat(program.entry().executable()).isTrue();
      assertThat(program.entry().metadata()).contains("{\"x\":1}");
      assertThat(drive.follow("/link").orElseThrow().path()).isEqualTo("/a/large");
    }
  }

  /// Often, for it depends on what is durable when.
  @RepeatedTest(10)
  void aRangeOfALargeFileIsReadWithoutTheRestOfIt() throws Exception {
    byte[] bytes = bytes(100 * BLOCK);
    here.drive.put("/large", bytes);
    try (var _ = drive.follow(peer::follow)) {
      drive.update(DEADLINE);
      try (InputStream in = drive.open("/large", 50L * BLOCK + 7, 2L * BLOCK).orElseThrow()) {
        assertThat(in.readAllBytes())
            .isEqualTo(java.util.Arrays.copyOfRange(bytes, 50 * BLOCK + 7, 52 * BLOCK + 7));
      }
      assertThat(peer.blocks()).isLessThan(10);
      assertThat(drive.has("/large")).isFalse();
    }
  }

  @Test
  void whatABlockMapListsIsReadFromElsewhere() throws Exception {
    byte[] first = bytes(3 * BLOCK);
    byte[] second = bytes(2 * BLOCK + 9);
    BlobId one = here.drive.put(new ByteArrayInputStream(first));
    BlobId two = here.drive.put(new ByteArrayInputStream(second));
    BlobId both = here.drive.join(List.of(two, one));
    assertThat(both.blockMap()).isTrue();
    here.put("/both", DriveEntry.file(both));
    try (var _ = drive.follow(peer::follow)) {
      drive.update(DEADLINE);
      assertThat(drive.get("/both").orElseThrow()).endsWith(first).startsWith(second);
      assertThat(drive.has("/both")).isTrue();
    }
  }

  @Test
  void aDriveOfOldNamesItsContentsInItsHeader() throws Exception {
    Core database = here.cores.core("old");
    Core content = here.cores.core("old contents");
    Drive old = Drive.on(world, database, content, new NodeCache(1 << 20));
    DriveFixture.await(
        database
            .append(
                new cloud.bevy.hyper.bee.BeeHeader(
                        Optional.of(
                            new cloud.bevy.hyper.bee.BeeHeader.Metadata(
                                Optional.of(content.key()), Optional.empty())))
                    .write())
            .ticket());
    old.put("/file", bytes("old"));
    Drive remote = Drive.remote(world, cores, old.key(), new NodeCache(1 << 20));
    try (var _ = remote.follow(peer::follow)) {
      remote.update(DEADLINE);
      assertThat(remote.get("/file")).contains(bytes("old"));
      assertThat(remote.content().key()).isEqualTo(content.key());
    }
  }

  @Test
  void whatNobodySendsIsMissedByName() throws Exception {
    here.drive.put("/file", bytes("x"));
    assertThatThrownBy(() -> drive.content())
        .isInstanceOfSatisfying(
            BeeFault.class, fault -> assertThat(fault.kind()).isEqualTo(BeeFault.Kind.UNREACHABLE));
    Drive impatient = drive.patience(Duration.ofMillis(50));
    try (var _ = peer.follow(drive.database())) { // of the contents nobody has anything
      drive.update(DEADLINE);
      assertThat(impatient.entry("/file")).isPresent();
      assertThatThrownBy(() -> impatient.get("/file"))
          .isInstanceOfSatisfying(
              DriveFault.class,
              fault -> {
                assertThat(fault.kind()).isEqualTo(DriveFault.Kind.UNREACHABLE);
                assertThat(fault).hasMessageContaining("block 0");
              });
    }
    assertThatThrownBy(() -> drive.patience(Duration.ZERO).get("/file"))
        .isInstanceOfSatisfying(
            DriveFault.class, fault -> assertThat(fault.kind()).isEqualTo(DriveFault.Kind.MISSING));
  }

  @Test
  void anEncryptedDriveIsReadWithItsSecondKey() throws Exception {
    byte[] secret = bytes("a secret of thirty-two bytes ...");
    Corestore namespace = here.cores.namespace("secret");
    Drive origin = Drive.open(world, namespace, new NodeCache(1 << 20), secret);
    byte[] bytes = bytes(3 * BLOCK + 5);
    origin.put("/file", bytes);
    assertThat(origin.get("/file")).contains(bytes);
    DriveKey key = DriveKey.of(origin.key()).encryptedWith(secret);
    Drive remote = Drive.remote(world, cores, key, new NodeCache(1 << 20));
    try (var _ = remote.follow(peer::follow)) {
      remote.update(DEADLINE);
      assertThat(remote.get("/file")).contains(bytes);
      try (InputStream in = remote.open("/file", 2L * BLOCK - 3, 10).orElseThrow()) {
        assertThat(in.readAllBytes())
            .isEqualTo(java.util.Arrays.copyOfRange(bytes, 2 * BLOCK - 3, 2 * BLOCK + 7));
      }
    }
  }

  @Test
  void aCoreThatIsNoDriveIsRefused() throws Exception {
    Core core = here.cores.core("no drive");
    DriveFixture.await(core.append(bytes("hello")).ticket());
    Drive none = Drive.remote(world, cores, core.key(), new NodeCache(1 << 20));
    try (var _ = none.follow(peer::follow)) {
      none.update(DEADLINE);
      assertThatThrownBy(none::content)
          .isInstanceOfSatisfying(
              DriveFault.class,
              fault -> assertThat(fault.kind()).isEqualTo(DriveFault.Kind.MALFORMED));
    }
  }

  @Test
  void whatADownloadHasFetchedIsReadWithoutAnybody() throws Exception {
    for (int i = 0; i < 100; i++) {
      here.drive.put("/a/" + i, bytes("file " + i));
    }
    here.drive.put("/b", bytes(BLOCK));
    try (var _ = drive.follow(peer::follow)) {
      drive.update(DEADLINE);
      assertThat(drive.has("/a/")).isFalse();
      try (DriveDownload download = drive.download(Folder.of("/a"))) {
        assertThat(download.await(DEADLINE)).isTrue();
      }
      assertThat(drive.has("/a/")).isTrue();
      assertThat(drive.has("/a/7")).isTrue();
      assertThat(drive.has("/b")).isFalse();
      assertThat(drive.has("/nothing")).isFalse();
    }
    assertThat(drive.get("/a/7")).contains(bytes("file 7"));
    drive.clear("/a/7");
    assertThat(drive.has("/a/7")).isFalse();
  }

  @Test
  void newVersionsAreSeenAsTheyArrive() throws Exception {
    here.drive.put("/a/1", bytes("1"));
    try (var _ = drive.follow(peer::follow)) {
      drive.update(DEADLINE);
      long before = drive.version();
      try (DriveWatch watch = drive.watch("/a")) {
        assertThat(watch.next(Duration.ZERO)).isEmpty();
        here.drive.put("/b", bytes("not in the folder"));
        here.drive.put("/a/2", bytes("2"));
        DriveUpdate update = watch.next(DEADLINE).orElseThrow();
        assertThat(update.truncated()).isFalse();
        assertThat(update.before().entry("/a/2")).isEmpty();
        assertThat(update.after().get("/a/2")).contains(bytes("2"));
        here.drive.delete("/a/1");
        assertThat(watch.next(DEADLINE).orElseThrow().after().exists("/a/1")).isFalse();
      }
      List<String> paths = new ArrayList<>();
      drive
          .differences(before, drive.version(), "/a")
          .forEachRemaining(difference -> paths.add(difference.path()));
      assertThat(paths).containsExactly("/a/1", "/a/2");
    }
  }

  @Test
  void aFewEntriesOfALargeDriveAreReadWithoutTheRest() throws Exception {
    try (BeeBatch batch = here.drive.bee().batch()) {
      var files = batch.sub(EntryView.FILES);
      for (int i = 0; i < 20_000; i++) {
        files.put(bytes("/file" + i), EntryCodec.write(DriveEntry.link("x")));
      }
      DriveFixture.await(batch.commit());
    }
    try (var _ = drive.follow(peer::follow)) {
      drive.update(DEADLINE);
      assertThat(drive.entry("/file777")).isPresent();
      assertThat(drive.entry("/file20001")).isEmpty();
      assertThat(peer.blocks()).isLessThan(150);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
