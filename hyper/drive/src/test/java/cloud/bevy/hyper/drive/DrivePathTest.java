package cloud.bevy.hyper.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DrivePathTest {
  @Test
  void pathsAreBroughtIntoHyperdrivesForm() {
    assertThat(DrivePath.normal("a")).isEqualTo("/a");
    assertThat(DrivePath.normal("//a/./b//../c/")).isEqualTo("/a/c");
    assertThat(DrivePath.normal("/a\\b")).isEqualTo("/a\\b");
    assertThat(DrivePath.folder("/")).isEmpty();
    assertThat(DrivePath.folder("a/..")).isEmpty();
    assertThat(DrivePath.folder("a/b/")).isEqualTo("/a/b");
  }

  @Test
  void aPathThatLeadsOutOrNowhereIsRefused() {
    for (String path : new String[] {"..", "/..", "a/../../b", "", "/", ".", "a/.."}) {
      assertThatThrownBy(() -> DrivePath.normal(path))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aLinkLeadsOnFromItsFolder() {
    assertThat(DrivePath.follow("/a/link", "b")).isEqualTo("/a/b");
    assertThat(DrivePath.follow("/a/link", "../b")).isEqualTo("/b");
    assertThat(DrivePath.follow("/a/link", "/b")).isEqualTo("/b");
    assertThatThrownBy(() -> DrivePath.follow("/link", "../b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLinkIsWrittenToTheDiskSeenFromItsFolder() {
    assertThat(DiskLinks.write("/a/b/link", "/c")).contains("../../c");
    assertThat(DiskLinks.write("/a/b/link", "./c/../d")).contains("d");
    assertThat(DiskLinks.write("/a/b/link", "../../c")).contains("../../c");
    assertThat(DiskLinks.write("/a/b/link", "/")).contains("../..");
    assertThat(DiskLinks.write("/link", "x/..")).contains(".");
    assertThat(DiskLinks.write("/a/b/link", "../../../c")).isEmpty();
    assertThat(DiskLinks.write("/link", "..")).isEmpty();
    assertThat(DiskLinks.write("/link", "x/../../y")).isEmpty();
    assertThat(DiskLinks.write("/a/link", "/../x")).isEmpty();
  }

  @Test
  void aLinkOfTheDiskIsTakenOnlyWhereItStaysInTheFolder() {
    Path folder = Path.of("/some/folder");
    assertThat(DiskLinks.read(folder, "/a/link", "../b")).contains("../b");
    assertThat(DiskLinks.read(folder, "/a/link", "/some/folder/x/y")).contains("/x/y");
    assertThat(DiskLinks.read(folder, "/a/link", "/some/folder/../x")).isEmpty();
    assertThat(DiskLinks.read(folder, "/a/link", "/some/other")).isEmpty();
    assertThat(DiskLinks.read(folder, "/a/link", "../../b")).isEmpty();
  }
}
