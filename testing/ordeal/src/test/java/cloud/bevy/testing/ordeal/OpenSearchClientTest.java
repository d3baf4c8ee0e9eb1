package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// OpenSearch's client for JavaScript with its own defaults.
class OpenSearchClientTest {
  @TempDir private Path folder;

  @Test
  void theClientDoesItsJobWithAPasswordAndWithSignatures() throws Exception {
    Tools.needNode();
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      Shell shell = new Shell(Tools.JAVASCRIPT, bevy.environment());
      assertThat(shell.run("node opensearch.mjs").requireSuccess()).endsWith("ok\n");
    }
  }

  @Test
  void anIndexThatIsBeingMadeWhenTheProcessIsKilledGoesOnByItself() throws Exception {
    Tools.needNode();
    Path home = folder.resolve("home");
    try (BevyProcess bevy = BevyProcess.start(home)) {
      Shell shell = new Shell(Tools.JAVASCRIPT, bevy.environment());
      assertThat(shell.run("node indexing.mjs before").requireSuccess()).endsWith("ok\n");
      bevy.kill();
    }
    try (BevyProcess bevy = BevyProcess.start(home)) {
      Shell shell = new Shell(Tools.JAVASCRIPT, bevy.environment());
      assertThat(shell.run("node indexing.mjs after").requireSuccess()).endsWith("ok\n");
    }
  }
}
