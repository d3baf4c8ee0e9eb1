package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AWS CLI reads a bucket as it was, and the command brings that back.
class TimeTravelTest {
  @TempDir private Path folder;

  @Test
  void whatWasDeletedIsReadFromThePastAndComesBack() throws Exception {
    Tools.need("aws");
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      Shell shell = new Shell(folder, bevy.environment());
      shell
          .run(
              "mkdir tree && echo one > tree/a && mkdir tree/b && echo two > tree/b/c"
                  + " && aws s3 mb s3://tree && aws s3 sync --quiet tree s3://tree/x")
          .requireSuccess();
      String newest =
          bevy.bevy("bucket history tree --limit 1").requireSuccess().split(" +", -1)[1];
      shell
          .run("aws s3 rm --quiet --recursive s3://tree/x && echo new | aws s3 cp - s3://tree/x/a")
          .requireSuccess();
      shell
          .run("aws s3 sync --quiet s3://tree--at--" + newest + "/x past && diff -r tree past")
          .requireSuccess();
      assertThat(shell.run("echo no | aws s3 cp - s3://tree--at--" + newest + "/n").output())
          .contains("MethodNotAllowed");
      assertThat(bevy.bevy("bucket restore tree --dry-run --at " + newest).requireSuccess())
          .contains("2 objects put back (8 bytes)");
      bevy.bevy("bucket restore tree --at " + newest).requireSuccess();
      shell.run("aws s3 sync --quiet s3://tree/x back && diff -r tree back").requireSuccess();
    }
  }
}
