package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.peers.Packages;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Buckets read from elsewhere over TCP: by npm's packages, and by `bevy mirror`.
@Timeout(300)
@Order(Integer.MAX_VALUE - 2)
class MirrorTest {
  private static final int FILES = 40;
  private static final long STEP_MILLIS = 20;

  @TempDir private Path folder;

  private int port;
  private Path home;
  private Path copy;

  @BeforeEach
  void prepare() throws Exception {
    Tools.need("aws");
    home = folder.resolve("home");
    copy = folder.resolve("copy");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  private BevyProcess start() throws Exception {
    return BevyProcess.start(home, "--replication-port", Integer.toString(port));
  }

  private Shell shell(BevyProcess bevy) throws Exception {
    return new Shell(folder, bevy.environment());
  }

  @Test
  void npmReadsABucketOverTcp() throws Exception {
    Packages.need();
    Files.createSymbolicLink(
        folder.resolve("node_modules"), Packages.FOLDER.resolve("node_modules"));
    Files.copy(Tools.JAVASCRIPT.resolve("tcp.mjs"), folder.resolve("tcp.mjs"));
    try (BevyProcess bevy = start()) {
      Shell shell = shell(bevy);
      shell.run("head -c 3000000 /dev/urandom > film; aws s3 mb s3://films").requireSuccess();
      shell.run("aws s3 cp --quiet film s3://films/film").requireSuccess();
      String key = bevy.bevy("drive key films").requireSuccess().strip();
      String program = "node tcp.mjs " + port + " " + key;
      shell.run(program + " /film | cmp - film").requireSuccess();
    }
  }

  @Test
  void aMirrorBecomesAsTheBucketIsAndThenAsItWasChanged() throws Exception {
    try (BevyProcess bevy = start()) {
      Shell shell = shell(bevy);
      shell.run("mkdir -p in/sub; echo a > in/a; echo b > in/sub/b; echo c > in/sub/c");
      shell.run("aws s3 mb s3://things; aws s3 sync --quiet in s3://things").requireSuccess();
      String key = bevy.bevy("drive key things").requireSuccess().strip();
      String mirror = "mirror " + key + " " + copy;
      assertThat(bevy.bevy(mirror).requireSuccess()).contains("3 added, 0 changed, 0 deleted");
      shell.run("diff -r -x .bevy-mirror in copy").requireSuccess();
      shell.run("rm in/a; echo more >> in/sub/b; echo d > in/d");
      shell.run("aws s3 sync --quiet --delete in s3://things").requireSuccess();
      assertThat(bevy.bevy(mirror).requireSuccess()).contains("1 added, 1 changed, 1 deleted");
      shell.run("diff -r -x .bevy-mirror in copy").requireSuccess();
      assertThat(bevy.bevy(mirror).requireSuccess()).contains("0 added, 0 changed, 0 deleted");
    }
  }

  @Test
  void aMirrorIsMadeThroughTlsOfWhomItTrusts() throws Exception {
    try (BevyProcess bevy = start();
        TlsFront front = TlsFront.before(bevy.endpoint().getPort(), folder)) {
      Shell shell = shell(bevy);
      shell.run("head -c 3000000 /dev/urandom > film; aws s3 mb s3://films").requireSuccess();
      shell.run("aws s3 cp --quiet film s3://films/film").requireSuccess();
      String key = bevy.bevy("drive key films").requireSuccess().strip();
      String mirror =
          "mirror " + key + " " + copy + " --from wss://localhost:" + front.port() + "/hypercore";
      Shell.Outcome untrusted = bevy.bevy(mirror);
      assertThat(untrusted.exitCode()).isEqualTo(1);
      assertThat(untrusted.output()).contains("nobody who is trusted").contains("--ca FILE");
      bevy.bevy(mirror + " --ca " + front.certificate()).requireSuccess();
      shell.run("cmp film copy/film").requireSuccess();
      Shell.Outcome missing = bevy.bevy(mirror + " --ca " + folder.resolve("nowhere"));
      assertThat(missing.exitCode()).isEqualTo(2);
      assertThat(missing.output()).contains("there is no file " + folder.resolve("nowhere"));
    }
  }

  @Test
  void aFolderThatIsNoMirrorIsLeftAlone() throws Exception {
    try (BevyProcess bevy = start()) {
      Shell shell = shell(bevy);
      shell.run("aws s3 mb s3://things; echo a | aws s3 cp - s3://things/a").requireSuccess();
      shell.run("mkdir copy; echo mine > copy/mine").requireSuccess();
      String key = bevy.bevy("drive key things").requireSuccess().strip();
      Shell.Outcome refused = bevy.bevy("mirror " + key + " " + copy);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.output()).contains("is not empty").contains("--keep");
      bevy.bevy("mirror --keep " + key + " " + copy).requireSuccess();
      assertThat(shell.run("cat copy/mine copy/a").requireSuccess()).isEqualTo("mine\na\n");
    }
  }

  @Test
  void aMirrorGoesOnWhenTheServerWasKilledAndIsBack() throws Exception {
    String key;
    Process mirror;
    try (BevyProcess bevy = start()) {
      Shell shell = shell(bevy);
      shell.run(
          "mkdir in; for i in $(seq %d); do head -c 1500000 /dev/urandom > in/$i; done"
              .formatted(FILES));
      shell.run("aws s3 mb s3://things; aws s3 sync --quiet in s3://things").requireSuccess();
      key = bevy.bevy("drive key things").requireSuccess().strip();
      mirror = mirror(key);
      awaitFiles(3, mirror);
      bevy.kill();
    }
    try (BevyProcess bevy = start()) {
      assertThat(mirror.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(mirror.exitValue()).as(Files.readString(folder.resolve("mirror.log"))).isZero();
      shell(bevy).run("diff -r -x .bevy-mirror in copy").requireSuccess();
    }
  }

  @Test
  void aMirrorThatWasKilledGoesOnWhenItIsRunAgain() throws Exception {
    try (BevyProcess bevy = start()) {
      Shell shell = shell(bevy);
      shell.run(
          "mkdir in; for i in $(seq %d); do head -c 1500000 /dev/urandom > in/$i; done"
              .formatted(FILES));
      shell.run("aws s3 mb s3://things; aws s3 sync --quiet in s3://things").requireSuccess();
      String key = bevy.bevy("drive key things").requireSuccess().strip();
      Process mirror = mirror(key);
      awaitFiles(3, mirror);
      mirror.descendants().forEach(ProcessHandle::destroyForcibly);
      mirror.destroyForcibly().waitFor();
      bevy.bevy("mirror " + key + " " + copy + " --from 127.0.0.1:" + port).requireSuccess();
      shell.run("diff -r -x .bevy-mirror in copy").requireSuccess();
    }
  }

  private Process mirror(String key) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                BevyProcess.ROOT.resolve("bevy").toString(),
                "mirror",
                key,
                copy.toString(),
                "--from",
                "127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mirror.log").toFile());
    builder.environment().putAll(Map.of("BEVY_HOME", home.toString()));
    return builder.start();
  }

  private void awaitFiles(int count, Process mirror) throws Exception {
    while (mirror.isAlive() && filesOfCopy() < count) {
      var _ = mirror.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private long filesOfCopy() throws IOException {
    if (!Files.isDirectory(copy)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(copy)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
