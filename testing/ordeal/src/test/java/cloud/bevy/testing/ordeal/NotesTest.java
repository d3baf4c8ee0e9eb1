package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example app in a real browser.
class NotesTest {
  @TempDir private Path folder;

  @Test
  void notesAndPicturesAreThereAfterThePlugWasPulled() throws Exception {
    Tools.needNode();
    Tools.need("chromium");
    Tools.needFunctions();
    Path home = folder.resolve("home");
    try (BevyProcess bevy = BevyProcess.start(home)) {
      String said = bevy.bevy("deploy examples/notes").requireSuccess();
      assertThat(said).contains("http://notes.localhost:" + bevy.endpoint().getPort() + "/");
      browse(bevy, "write");
      bevy.kill();
    }
    try (BevyProcess bevy = BevyProcess.start(home)) {
      browse(bevy, "read");
      assertThat(bevy.bevy("apps").requireSuccess()).contains("notes");
      bevy.bevy("rm notes").requireSuccess();
      assertThat(bevy.bevy("apps").requireSuccess()).contains("No app is deployed");
    }
  }

  private static void browse(BevyProcess bevy, String what) throws Exception {
    String url = "http://notes.localhost:" + bevy.endpoint().getPort() + "/";
    String said =
        new Shell(Tools.JAVASCRIPT, Map.of())
            .run("node notes.mjs " + url + " " + what)
            .requireSuccess();
    assertThat(said).endsWith("ok\n");
  }
}
