package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Follows the README's walk word by word.
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final String WALK = "## Five minutes";

  @TempDir private Path folder;

  @Test
  void theWalkWorksAsWritten() throws Exception {
    Tools.need("aws");
    Tools.need("curl");
    List<String> blocks = blocks();
    assertThat(blocks.getFirst()).isEqualTo("./bevy up\n");
    Path clone = Files.createDirectory(folder.resolve("clone"));
    for (String name : List.of("bevy", "docs", "examples")) {
      Files.createSymbolicLink(clone.resolve(name), BevyProcess.ROOT.resolve(name));
    }
    Shell shell = new Shell(clone, Map.of("BEVY_HOME", folder.resolve("home").toString()));
    shell.run("./bevy up --detach").requireSuccess();
    try {
      String said = shell.run(String.join("\n", blocks.subList(1, blocks.size()))).requireSuccess();
      assertThat(said).contains("hello.txt").contains("hello\n").contains("first");
      assertThat(said).contains("http://notes.localhost:4566/");
      assertThat(page("notes.localhost")).contains("<html");
    } finally {
      shell.run("./bevy down").requireSuccess();
    }
  }

  private static List<String> blocks() throws IOException {
    String readme = Files.readString(BevyProcess.ROOT.resolve("README.md"));
    Matcher matcher = BLOCK.matcher(readme.substring(readme.indexOf(WALK)));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  /// Names below localhost are this machine (RFC 6761), but not every resolver knows it.
  private static String page(String host) throws IOException, InterruptedException {
    Shell shell = new Shell(BevyProcess.ROOT, Map.of());
    return shell
        .run("curl -sS --resolve " + host + ":4566:127.0.0.1 http://" + host + ":4566/")
        .requireSuccess();
  }
}
