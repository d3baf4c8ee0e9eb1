package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.testing.peers.Packages;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The programs in `examples/peers`: npm's packages read what the AWS CLI has written.
@Timeout(180)
class PeersTest {
  private static final Path EXAMPLES = BevyProcess.ROOT.resolve("examples/peers");
  private static final int MOST_LINES = 20;

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws Exception {
    Tools.need("aws");
    Packages.need();
    Files.createSymbolicLink(
        folder.resolve("node_modules"), Packages.FOLDER.resolve("node_modules"));
    for (String program : List.of("bucket.mjs", "table.mjs", "package.json")) {
      Files.copy(EXAMPLES.resolve(program), folder.resolve(program));
    }
  }

  @Test
  void noProgramHasMoreThanTwentyLines() throws Exception {
    for (String program : List.of("bucket.mjs", "table.mjs")) {
      try (Stream<String> lines = Files.lines(EXAMPLES.resolve(program))) {
        assertThat(lines).as(program).hasSizeLessThanOrEqualTo(MOST_LINES);
      }
    }
  }

  @Test
  void aBucketIsReadAsAHyperdrive() throws Exception {
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      Shell shell = new Shell(folder, bevy.environment());
      shell.run("head -c 3000000 /dev/urandom > film && echo hello > hello.txt").requireSuccess();
      shell.run("aws s3 mb s3://photos").requireSuccess();
      shell.run("aws s3 cp --quiet hello.txt s3://photos/").requireSuccess();
      shell.run("aws s3 cp --quiet film s3://photos/films/film").requireSuccess();
      String key = bevy.bevy("drive key photos").requireSuccess().strip();
      String program = "node bucket.mjs " + url(bevy) + " " + key;
      assertThat(shell.run(program).requireSuccess())
          .isEqualTo("3000000 /films/film\n6 /hello.txt\n");
      assertThat(shell.run(program + " /hello.txt").requireSuccess()).isEqualTo("hello\n");
      shell.run(program + " /films/film | cmp - film").requireSuccess();
    }
  }

  @Test
  void aTableIsFollowedAsAHyperbee() throws Exception {
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      Shell shell = new Shell(folder, bevy.environment());
      shell
          .run(
              "aws dynamodb create-table --table-name journal"
                  + " --attribute-definitions AttributeName=who,AttributeType=S"
                  + " --key-schema AttributeName=who,KeyType=HASH --billing-mode PAY_PER_REQUEST")
          .requireSuccess();
      put(shell, "ada");
      String key = bevy.bevy("table key journal").requireSuccess().strip();
      Process program = follow(url(bevy), key);
      try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
        assertThat(lines.readLine()).isEqualTo("has {\"who\":{\"S\":\"ada\"}}");
        put(shell, "bob");
        assertThat(lines.readLine()).isEqualTo("put {\"who\":{\"S\":\"bob\"}}");
        shell
            .run("aws dynamodb delete-item --table-name journal --key '{\"who\":{\"S\":\"ada\"}}'")
            .requireSuccess();
        assertThat(lines.readLine()).startsWith("del ");
      } finally {
        program.destroyForcibly();
      }
    }
  }

  private static String url(BevyProcess bevy) {
    URI endpoint = bevy.endpoint();
    return "ws://" + endpoint.getAuthority() + "/hypercore";
  }

  private static void put(Shell shell, String who) throws Exception {
    shell
        .run(
            "aws dynamodb put-item --table-name journal --item '{\"who\":{\"S\":\"" + who + "\"}}'")
        .requireSuccess();
  }

  private Process follow(String url, String key) throws IOException {
    return new ProcessBuilder("node", "table.mjs", url, key)
        .directory(folder.toFile())
        .redirectError(folder.resolve("table.log").toFile())
        .start();
  }
}
