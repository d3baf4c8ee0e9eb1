package cloud.bevy.hyper.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.hyper.core.Corestore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriveFilesTest {
  private DriveFixture fixture;
  private Drive drive;

  @BeforeEach
  void open(@TempDir Path folder) {
    fixture = new DriveFixture(folder);
    drive = fixture.drive;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aFileIsPutReadAndTakenAway() throws Exception {
    drive.put("a/b.txt", bytes("hello"));
    assertThat(drive.get("/a//b.txt")).contains(bytes("hello"));
    assertThat(drive.exists("./a/b.txt")).isTrue();
    assertThat(drive.entry("/a/b.txt")).isPresent();
    try (InputStream in = drive.open("/a/b.txt", 1, 3).orElseThrow()) {
      assertThat(in.readAllBytes()).isEqualTo(bytes("ell"));
    }
    assertThat(drive.delete("/a/b.txt")).isTrue();
    assertThat(drive.delete("/a/b.txt")).isFalse();
    assertThat(drive.get("/a/b.txt")).isEmpty();
    assertThat(drive.open("/a/b.txt")).isEmpty();
    assertThat(drive.at(2).get("/a/b.txt")).contains(bytes("hello"));
  }

  @Test
  void aFileOfAnySizeComesBackWhole() throws Exception {
    for (int size : new int[] {0, 1, 65_536, 65_537, 1 << 20, (1 << 20) + 1, 5_000_000}) {
      byte[] bytes = new byte[size];
      new java.util.Random(size).nextBytes(bytes);
      drive.put("/file", bytes);
      assertThat(drive.get("/file")).contains(bytes);
      drive.put("/stream", new ByteArrayInputStream(bytes), FileOptions.EXECUTABLE);
      assertThat(drive.get("/stream")).contains(bytes);
    }
    assertThat(drive.entry("/stream").orElseThrow().entry().executable()).isTrue();
  }

  @Test
  void aFileWhoseBytesAreFewerThanItSaysIsRefused() throws Exception {
    BlobId blob = drive.put(new ByteArrayInputStream(bytes("hello")));
    BlobId false1 = new BlobId(blob.blockOffset(), 1, 0, 1L << 29, false);
    fixture.put("/false", DriveEntry.file(false1));
    assertThatThrownBy(() -> drive.get("/false"))
        .isInstanceOfSatisfying(
            DriveFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(DriveFault.Kind.MALFORMED));
    fixture.put("/large", DriveEntry.file(new BlobId(0, 1, 0, DriveView.MOST_BYTES + 1L, false)));
    assertThatThrownBy(() -> drive.get("/large")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void linksAreFollowedAsFarAsHyperdriveDoes() {
    drive.put("/d/file", bytes("x"));
    drive.link("/d/1", "file");
    drive.link("/2", "d/1");
    drive.link("/d/3", "/2");
    assertThat(drive.follow("/d/3").orElseThrow().path()).isEqualTo("/d/file");
    assertThat(drive.get("/d/3")).isEmpty();
    drive.link("/nowhere", "missing");
    assertThat(drive.follow("/nowhere")).isEmpty();
    drive.link("/out", "../x");
    assertThat(drive.follow("/out")).isEmpty();
    drive.link("/circle", "circle");
    assertThatThrownBy(() -> drive.follow("/circle"))
        .isInstanceOfSatisfying(
            DriveFault.class, fault -> assertThat(fault.kind()).isEqualTo(DriveFault.Kind.LINKS));
    for (int i = 1; i < DriveView.MOST_LINKS; i++) {
      drive.link("/chain" + i, i == 1 ? "d/file" : "chain" + (i - 1));
    }
    String last = "/chain" + (DriveView.MOST_LINKS - 1);
    assertThat(drive.follow(last)).isPresent();
    drive.link("/more", last);
    assertThatThrownBy(() -> drive.follow("/more")).isInstanceOf(DriveFault.class);
  }

  @Test
  void foldersAreListed() throws Exception {
    for (String path : List.of("/a", "/d/1", "/d/2", "/d/e/3", "/d/e/f/4", "/d0", "/e/5")) {
      drive.put(path, bytes(path));
    }
    assertThat(paths(Folder.top()))
        .containsExactly("/a", "/d/1", "/d/2", "/d/e/3", "/d/e/f/4", "/d0", "/e/5");
    assertThat(paths(Folder.of("d"))).containsExactly("/d/1", "/d/2", "/d/e/3", "/d/e/f/4");
    assertThat(paths(Folder.of("/d/").shallow())).containsExactly("/d/1", "/d/2");
    assertThat(paths(Folder.top().shallow())).containsExactly("/a", "/d0");
    assertThat(paths(Folder.of("/d").ignoring("/d/e/f", "/d/1"))).containsExactly("/d/2", "/d/e/3");
    assertThat(paths(Folder.top().ignoring(path -> path.contains("d"))))
        .containsExactly("/a", "/e/5");
    assertThat(names("/")).containsExactly("a", "d", "d0", "e");
    assertThat(names("/d")).containsExactly("1", "2", "e");
    assertThat(names("/nowhere")).isEmpty();
    drive.put("/d", bytes("a file of a folder's name"));
    drive.put("/d.x", bytes("between the two"));
    assertThat(names("/")).containsExactly("a", "d", "d.x", "d0", "e");
    DriveFile first = drive.entry("/a").orElseThrow();
    assertThat(drive.entry("/d").orElseThrow().newerThan(first)).isTrue();
    assertThat(first.newerThan(first)).isFalse();
  }

  @Test
  void filesOfABatchComeTogetherOrNotAtAll() throws Exception {
    try (DriveBatch batch = drive.batch()) {
      batch.put("a", bytes("1"), FileOptions.PLAIN);
      batch.put("/b", bytes("2"), FileOptions.EXECUTABLE);
      batch.put("/empty", new byte[0], FileOptions.PLAIN);
      assertThat(batch.get("/b")).contains(bytes("2"));
      assertThat(batch.list(Folder.top())).toIterable().hasSize(3);
      DriveFixture.await(batch.commit());
    }
    assertThat(drive.get("/a")).contains(bytes("1"));
    assertThat(drive.get("/empty")).contains(new byte[0]);
    try (DriveBatch batch = drive.batch()) {
      batch.put("/c", new byte[BlobWriter.GROUP_BYTES], FileOptions.PLAIN);
      assertThatThrownBy(
              () -> batch.put("/d", new byte[BlobWriter.GROUP_BYTES + 1], FileOptions.PLAIN))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(drive.exists("/c")).isFalse();
    drive.put("/d", bytes("x"));
    assertThat(drive.content().has(2)).isFalse(); // what was not committed is forgotten
  }

  @Test
  void whatIsClearedIsForgottenAndItsEntryStays() throws Exception {
    drive.put("/a", bytes("1"));
    drive.put("/b", bytes("2"));
    drive.clear("/a");
    DriveFixture.await(drive.content().clear(0, 0));
    assertThat(drive.exists("/a")).isTrue();
    assertThat(drive.has("/a")).isFalse();
    assertThat(drive.has("/b")).isTrue();
    assertThat(drive.has("/")).isFalse();
    drive.clearAll();
    assertThat(drive.has("/b")).isFalse();
  }

  @Test
  void aPurgedDriveIsGone() throws Exception {
    drive.put("/a", bytes("1"));
    byte[] key = drive.key();
    byte[] content = drive.content().key();
    drive.purge();
    Corestore again = fixture.cores;
    assertThat(again.core("db").length()).isZero();
    assertThat(again.find(key).filter(core -> core.length() > 0)).isEmpty();
    assertThat(again.find(content).filter(core -> core.length() > 0)).isEmpty();
  }

  @Test
  void differencesAreTheFolders() throws Exception {
    drive.put("/a/1", bytes("1"));
    long before = drive.version();
    drive.put("/a/1", bytes("2"));
    drive.put("/a/2", bytes("1"));
    drive.put("/b", bytes("1"));
    Iterator<DriveDifference> found = drive.differences(before, drive.version(), "a");
    DriveDifference first = found.next();
    assertThat(first.path()).isEqualTo("/a/1");
    assertThat(first.before().orElseThrow().sequence()).isEqualTo(1);
    assertThat(first.after().orElseThrow().sequence()).isEqualTo(2);
    assertThat(found.next().before()).isEmpty();
    assertThat(found.hasNext()).isFalse();
  }

  private List<String> paths(Folder folder) {
    List<String> paths = new ArrayList<>();
    drive.list(folder).forEachRemaining(file -> paths.add(file.path()));
    return paths;
  }

  private List<String> names(String folder) {
    List<String> names = new ArrayList<>();
    drive.names(folder).forEachRemaining(names::add);
    return names;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
