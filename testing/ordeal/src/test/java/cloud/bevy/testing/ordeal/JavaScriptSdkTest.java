package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AWS SDK for JavaScript v3 with its own defaults.
class JavaScriptSdkTest {
  @TempDir private Path folder;

  @Test
  void theJavaScriptSdkWorksThroughTheEnvironmentAlone() throws Exception {
    Tools.needNode();
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      Shell shell = new Shell(Tools.JAVASCRIPT, bevy.environment());
      assertThat(shell.run("node sdk.mjs").requireSuccess()).endsWith("ok\n");
      assertThat(shell.run("node documents.mjs").requireSuccess()).endsWith("ok\n");
    }
  }

  @Test
  void aTreeThatWentUpAndCameDownIsTheSameToTheLastByte() throws Exception {
    Tools.needNode();
    Path tree = RealTree.make(folder.resolve("tree"));
    Path back = folder.resolve("back");
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      Shell shell = new Shell(Tools.JAVASCRIPT, bevy.environment());
      String said = shell.run("node transfer.mjs '%s' '%s'".formatted(tree, back)).requireSuccess();
      assertThat(said).endsWith("ok\n");
      shell.run("diff -r '%s' '%s'".formatted(tree, back)).requireSuccess();
    }
  }
}
