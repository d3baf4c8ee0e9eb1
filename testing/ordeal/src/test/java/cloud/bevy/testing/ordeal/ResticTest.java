package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// restic keeps its backups in a bucket.
class ResticTest {
  @TempDir private Path folder;

  @Test
  void aBackupIsCheckedRestoredAndPruned() throws Exception {
    Tools.need("restic");
    RealTree.make(folder.resolve("tree"));
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      Map<String, String> environment = new HashMap<>(bevy.environment());
      environment.put("RESTIC_REPOSITORY", "s3:" + bevy.endpoint() + "/backups/of/mine");
      environment.put("RESTIC_PASSWORD", "correct horse");
      environment.put("RESTIC_CACHE_DIR", folder.resolve("cache").toString());
      Shell shell = new Shell(folder, environment);
      shell.run("restic init").requireSuccess();
      shell.run("restic backup --tag first tree && cp -a tree before").requireSuccess();
      shell.run("rm -r tree/docs && cp -r tree/src tree/more").requireSuccess();
      shell.run("date >> tree/" + RealTree.LARGE).requireSuccess();
      shell.run("restic backup --tag second tree").requireSuccess();
      shell.run("restic check --read-data").requireSuccess();
      shell.run("restic restore latest --tag first --target one").requireSuccess();
      shell.run("diff -r before one/tree").requireSuccess();
      shell.run("restic restore latest --tag second --target two").requireSuccess();
      shell.run("diff -r tree two/tree").requireSuccess();
      shell.run("restic forget --keep-last 1 --prune").requireSuccess();
      shell.run("restic check --read-data --no-cache").requireSuccess();
      shell.run("restic restore latest --target three --no-cache").requireSuccess();
      shell.run("diff -r tree three/tree").requireSuccess();
      assertThat(shell.run("restic list snapshots").requireSuccess().lines()).hasSize(1);
      assertThat(shell.run("restic list locks --no-lock").requireSuccess()).isBlank();
    }
  }
}
