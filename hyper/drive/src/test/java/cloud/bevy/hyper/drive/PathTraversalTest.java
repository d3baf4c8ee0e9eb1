package cloud.bevy.hyper.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A drive that is made to write, delete or read outside of the folder that it is mirrored to.
final class PathTraversalTest {
  private DriveFixture fixture;
  private Drive drive;
  private Path outside;
  private Path folder;
  private Map<String, String> before;

  @BeforeEach
  void open(@TempDir Path temporary) throws IOException {
    fixture = new DriveFixture(temporary.resolve("store"));
    drive = fixture.drive;
    outside = Files.createDirectories(temporary.resolve("home"));
    folder = Files.createDirectories(outside.resolve("a/folder"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createDirectories(outside.resolve("a/neighbour"));
    Files.writeString(outside.resolve("a/neighbour/file"), "theirs");
    before = outsideOfTheFolder();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void hostilePathsAreRefusedAndTouchNothing() throws Exception {
    String[] paths = {
      "/../secret",
      "/..",
      "/../neighbour/file",
      "/x/../../../secret",
      "../secret",
      "secret",
      "",
      "/",
      "//",
      "/./x",
      "/x/.",
      "/x//y",
      "/x/",
      "//etc/passwd",
      "/a\0b",
      "/" + DiskPaths.PART,
      "/x/" + DiskPaths.PART + "/y",
      "/" + "n".repeat(DiskPaths.MOST_NAME_BYTES + 1),
      "/" + "n/".repeat(DiskPaths.MOST_PATH_BYTES / 2) + "n"
    };
    try (DriveBatch batch = drive.batch()) {
      for (String path : paths) {
        batch.put(path, file("evil"));
      }
      batch.put("/good", file("good"));
      DriveFixture.await(batch.commit());
    }
    MirrorReport report = drive.mirrorTo(folder).run();
    assertThat(report.added()).isEqualTo(1);
    assertThat(report.refusals()) // the others are in no folder of the drive
        .extracting(MirrorReport.Refusal::path)
        .containsExactlyInAnyOrder(
            Arrays.stream(paths).filter(path -> path.startsWith("/")).toArray(String[]::new));
    assertThat(report.refused()).isEqualTo(report.refusals().size());
    assertThat(Files.readString(folder.resolve("good"))).isEqualTo("good");
    assertThat(folder.toFile().list()).containsExactly("good");
    assertThat(outsideOfTheFolder()).isEqualTo(before);
  }

  @Test
  void theLongestNameAndPathAreTaken() throws Exception {
    String name = "n".repeat(DiskPaths.MOST_NAME_BYTES);
    StringBuilder path = new StringBuilder();
    while (path.length() + name.length() + 1 <= DiskPaths.MOST_PATH_BYTES) {
      path.append('/').append(name);
    }
    fixture.put(path.toString(), file("deep"));
    assertThat(drive.mirrorTo(folder).run().refused()).isZero();
    assertThat(Files.readString(folder.resolve(path.substring(1)))).isEqualTo("deep");
  }

  @Test
  void linksThatLeadOutAreRefused() throws Exception {
    String[] targets = {
      "..", "../secret", "../../secret", "x/../../secret", "a\0b", "/../secret", "../folder/x"
    };
    for (int i = 0; i < targets.length; i++) {
      fixture.put("/link" + i, DriveEntry.link(targets[i]));
    }
    fixture.put("/d/link", DriveEntry.link("../../secret"));
    MirrorReport report = drive.mirrorTo(folder).run();
    assertThat(report.refused()).isEqualTo(targets.length + 1);
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void anAbsoluteLinkBeginsAtTheFolder() throws Exception {
    fixture.put("/d/passwd", DriveEntry.link("/etc/passwd"));
    drive.mirrorTo(folder).run();
    assertThat(Files.readSymbolicLink(folder.resolve("d/passwd")))
        .isEqualTo(Path.of("../etc/passwd"));
    assertThat(Files.exists(folder.resolve("d/passwd"))).isFalse();
  }

  /// Each link alone stays in the folder; the kernel, which goes through `here` first, would leave
  /// it with the second.
  @Test
  void linksThatLeadOutTogetherStayInside() throws Exception {
    fixture.put("/d/here", DriveEntry.link(".."));
    fixture.put("/d/out", DriveEntry.link("here/../secret"));
    fixture.put("/d/more", DriveEntry.link("here/../../secret"));
    drive.mirrorTo(folder).run();
    for (String name : new String[] {"d/out", "d/more"}) {
      Path link = folder.resolve(name);
      if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        Path end = link.getParent().resolve(Files.readSymbolicLink(link)).normalize();
        assertThat(end.startsWith(folder)).isTrue();
        assertThat(Files.exists(link)).isFalse();
      }
    }
  }

  /// The first mirror brings a link, a later one a file below it.
  @Test
  void aFileIsNotWrittenThroughALink() throws Exception {
    Files.createSymbolicLink(folder.resolve("d"), Path.of("../neighbour"));
    fixture.put("/d/file", file("evil"));
    fixture.put("/d/new", file("evil"));
    drive.mirrorTo(folder).run();
    assertThat(outsideOfTheFolder()).isEqualTo(before);
    assertThat(Files.isDirectory(folder.resolve("d"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(Files.readString(folder.resolve("d/file"))).isEqualTo("evil");
  }

  @Test
  void aLinkInTheWayIsKeptWhereAllIs() throws Exception {
    Files.createSymbolicLink(folder.resolve("d"), Path.of("../neighbour"));
    fixture.put("/d/file", file("evil"));
    MirrorReport report = drive.mirrorTo(folder).keeping().run();
    assertThat(report.refused()).isEqualTo(1);
    assertThat(outsideOfTheFolder()).isEqualTo(before);
    assertThat(Files.isSymbolicLink(folder.resolve("d"))).isTrue();
  }

  @Test
  void aFileReplacesALinkAndNotWhatItPointsTo() throws Exception {
    Files.createSymbolicLink(folder.resolve("file"), Path.of("../neighbour/file"));
    Files.createSymbolicLink(folder.resolve(DiskPaths.PART), Path.of("../neighbour/file"));
    fixture.put("/file", file("evil"));
    drive.mirrorTo(folder).run();
    assertThat(outsideOfTheFolder()).isEqualTo(before);
    assertThat(Files.isRegularFile(folder.resolve("file"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void whatIsDeletedIsTheLinkAndNothingBehindIt() throws Exception {
    Files.createSymbolicLink(folder.resolve("away"), Path.of("../neighbour"));
    Files.createDirectories(folder.resolve("full/deep"));
    Files.createSymbolicLink(folder.resolve("full/deep/away"), Path.of("../../../neighbour"));
    fixture.put("/full", file("a file where a folder was"));
    MirrorReport report = drive.mirrorTo(folder).run();
    assertThat(report.refused()).isZero();
    assertThat(folder.toFile().list()).containsExactly("full");
    assertThat(outsideOfTheFolder()).isEqualTo(before);
  }

  @Test
  void deletionsSinceAVersionDoNotGoThroughLinks() throws Exception {
    fixture.put("/d/file", file("x"));
    long version = drive.mirrorTo(folder).run().version();
    Files.delete(folder.resolve("d/file"));
    Files.delete(folder.resolve("d"));
    Files.createSymbolicLink(folder.resolve("d"), Path.of("../neighbour"));
    fixture.delete("/d/file");
    drive.mirrorTo(folder).since(version).run();
    assertThat(outsideOfTheFolder()).isEqualTo(before);
  }

  @Test
  void nothingBehindALinkIsTakenIntoADrive() throws Exception {
    Files.createSymbolicLink(folder.resolve("secret"), outside.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("neighbour"), Path.of("../neighbour"));
    MirrorReport report = drive.mirrorFrom(folder).run();
    assertThat(report.refused()).isEqualTo(2);
    assertThat(drive.list(Folder.top()).hasNext()).isFalse();
  }

  @Test
  void aFileAndAFolderOfOneNameLeaveTheFile() throws Exception {
    fixture.put("/a", file("file"));
    fixture.put("/a.b", file("between"));
    fixture.put("/a/b", file("below"));
    for (int round = 0; round < 2; round++) {
      MirrorReport report = drive.mirrorTo(folder).run();
      assertThat(report.refused()).isEqualTo(1);
      assertThat(Files.readString(folder.resolve("a"))).isEqualTo("file");
    }
  }

  private DriveEntry file(String text) throws IOException {
    return DriveEntry.file(drive.put(new ByteArrayInputStream(text.getBytes(UTF_8))));
  }

  /// All that there is beside the folder, and what it has.
  private Map<String, String> outsideOfTheFolder() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (var paths = Files.walk(outside)) {
      for (Path path : paths.filter(each -> !each.startsWith(folder)).toList()) {
        all.put(path.toString(), Files.isRegularFile(path) ? Files.readString(path) : "");
      }
    }
    return all;
  }
}
