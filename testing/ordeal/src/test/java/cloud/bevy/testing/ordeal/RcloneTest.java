package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// rclone moves a real tree up, about and down again, in parts where a file is large.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RcloneTest {
  private static final String IN_PARTS =
      " --s3-upload-cutoff 8M --s3-chunk-size 5M --s3-copy-cutoff 8M ";

  /// What a file is called, how large it is and when it was changed, to the nanosecond.
  private static final String TIMES = "find . -type f -printf '%P %s %T@\\n' | sort";

  private BevyProcess bevy;
  private Shell shell;

  @BeforeAll
  void upload(@TempDir Path folder) throws Exception {
    Tools.need("rclone");
    RealTree.make(folder.resolve("tree"));
    bevy = BevyProcess.start(folder.resolve("home"));
    shell = new Shell(folder, environment());
    shell.run("rclone mkdir bevy:tree").requireSuccess();
    shell.run("rclone sync tree bevy:tree/a" + IN_PARTS).requireSuccess();
    shell.run("rclone check tree bevy:tree/a").requireSuccess();
  }

  @AfterAll
  void stop() {
    if (bevy != null) {
      bevy.close();
    }
  }

  @Test
  void aTreeThatWentUpAndCameDownIsTheSameToTheLastByteAndNanosecond() throws Exception {
    assertThat(shell.run("rclone sync -v tree bevy:tree/a").requireSuccess())
        .contains("nothing to transfer");
    shell.run("rclone sync bevy:tree/a back").requireSuccess();
    shell.run("diff -r tree back").requireSuccess();
    shell.run("diff <(cd tree; " + TIMES + ") <(cd back; " + TIMES + ")").requireSuccess();
  }

  @Test
  void aPieceOfAFileIsReadWithoutTheRest() throws Exception {
    String piece = "rclone cat bevy:tree/a/" + RealTree.LARGE + " --offset %d --count 70000";
    String expected = "tail -c +%d tree/" + RealTree.LARGE + " | head -c 70000 || true";
    for (int offset : new int[] {0, 5 << 20, 10_000_001}) {
      String read = piece.formatted(offset);
      shell.run("cmp <(%s) <(%s)".formatted(read, expected.formatted(offset + 1))).requireSuccess();
    }
    String listed = "rclone lsjson -R --files-only bevy:tree/a | grep -c '\"Path\"'";
    assertThat(shell.run(listed).requireSuccess()).isEqualTo(files());
    assertThat(shell.run("rclone lsf bevy:tree/a").requireSuccess())
        .isEqualTo(shell.run("ls -p tree").requireSuccess());
  }

  @Test
  void filesAreCopiedAndMovedWithinTheCloud() throws Exception {
    String copied = shell.run("rclone copy -v bevy:tree/a bevy:copy/b" + IN_PARTS).requireSuccess();
    assertThat(copied.lines().filter(line -> line.endsWith("Copied (server-side copy)")))
        .hasSize(Integer.parseInt(files().strip()));
    shell.run("rclone move bevy:copy/b bevy:moved" + IN_PARTS).requireSuccess();
    shell.run("rclone check tree bevy:moved").requireSuccess();
    assertThat(shell.run("rclone lsf bevy:copy").requireSuccess()).isBlank();
    shell
        .run("rclone touch -t 2001-02-03T04:05:06.123456789 bevy:moved/names/empty")
        .requireSuccess();
    assertThat(shell.run("rclone lsl bevy:moved/names/empty").requireSuccess())
        .contains("2001-02-03 04:05:06.123456789");
    shell.run("rclone purge bevy:moved && rclone rmdir bevy:copy").requireSuccess();
    assertThat(shell.run("rclone lsf bevy:").requireSuccess()).isEqualTo("tree/\n");
  }

  @Test
  void aBucketIsMountedAsAFolder() throws Exception {
    String mount = "mkdir -p mount && rclone mount --read-only --daemon %s mount";
    Shell.Outcome local = shell.run(mount.formatted("tree"));
    assumeTrue(local.exitCode() == 0, "rclone can not mount here: FUSE is missing or forbidden");
    unmount();
    shell.run(mount.formatted("bevy:tree/a")).requireSuccess();
    try {
      shell.run("diff -r tree mount").requireSuccess();
      shell
          .run("cmp <(tail -c 999 mount/%1$s) <(tail -c 999 tree/%1$s)".formatted(RealTree.LARGE))
          .requireSuccess();
    } finally {
      unmount();
    }
  }

  private void unmount() throws IOException, InterruptedException {
    shell.run("fusermount3 -u mount 2>&1 || fusermount -u mount").requireSuccess();
  }

  private String files() throws IOException, InterruptedException {
    return shell.run("find tree -type f | wc -l").requireSuccess();
  }

  private Map<String, String> environment() throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(bevy.environment());
    environment.put("RCLONE_CONFIG", "");
    environment.put("RCLONE_CONFIG_BEVY_TYPE", "s3");
    environment.put("RCLONE_CONFIG_BEVY_PROVIDER", "Other");
    environment.put("RCLONE_CONFIG_BEVY_ENV_AUTH", "true");
    environment.put("RCLONE_CONFIG_BEVY_ENDPOINT", bevy.endpoint().toString());
    environment.put("RCLONE_CONFIG_BEVY_REGION", environment.get("AWS_REGION"));
    return environment;
  }
}
