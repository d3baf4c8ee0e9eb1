package cloud.bevy.services.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.foundation.base.RealWorld;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
  @TempDir private Path folder;

  @Test
  void aFolderArrivesAsItWasSent() throws Exception {
    write("bevy.json", "{}");
    write("a.js", "");
    write("public/b c.txt", "x".repeat(200_000));
    write(".git/config", "secret");
    write("node_modules/x/index.js", "skipped");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(new BundleWriter(RealWorld.create((l, s) -> {}).disk(), folder).write(out))
        .isEqualTo(3);
    BundleReader reader = new BundleReader(new ByteArrayInputStream(out.toByteArray()));
    assertThat(reader.folder()).isEqualTo(folder.getFileName().toString());
    assertThat(all(reader).keySet()).containsExactly("bevy.json", "a.js", "public/b c.txt");
  }

  @Test
  void theBytesOfABundleAreTheseForEver() throws Exception {
    write("a.js", "hi\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BundleWriter(RealWorld.create((l, s) -> {}).disk(), folder).write(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("bevy-bundle 1 " + folder.getFileName() + "\n3 a.js\nhi\nend\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "/etc/passwd", "a//b", "a/../b", ".", "a\\b", "", "a/\u0001", "a/./b"})
  void pathTraversal(String path) {
    assertThatThrownBy(() -> all(bundle("1 " + path + "\nx")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("cannot hold a file");
  }

  @Test
  void twoFilesAtOnePathAreRefused() {
    assertThatThrownBy(() -> all(bundle("1 a\nx1 a\ny"))).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1 a\n", "9999999999999999999 a\n", "x a\n", "a\n", "268435457 a\n"})
  void sizesAreChecked(String line) {
    assertThatThrownBy(() -> all(bundle(line))).isInstanceOf(Refusal.class);
  }

  @Test
  void tooManyBytesAreRefusedBeforeTheyAreRead() {
    String half = (BundleReader.MAX_BYTES / 2 + 1) + " a\n";
    assertThatThrownBy(
            () -> {
              BundleReader reader = bundle("0 z\n" + half.replace("a", "b"));
              reader.next();
              reader.next();
              bundle(half).next();
              all(bundle("0 c\n" + (BundleReader.MAX_BYTES + 1) + " d\n"));
            })
        .isInstanceOf(Refusal.class);
  }

  @Test
  void aCutOffBundleIsNoBundle() {
    assertThatThrownBy(() -> all(bundle("5 a\nx"))).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> all(bundle(""))).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> all(bundle("y".repeat(5_000)))).isInstanceOf(EOFException.class);
  }

  @Test
  void somethingElseIsNoBundle() {
    assertThatThrownBy(() -> new BundleReader(in("PK\u0003\u0004\n"))).isInstanceOf(Refusal.class);
  }

  private static BundleReader bundle(String rest) throws IOException, Refusal {
    return new BundleReader(in("bevy-bundle 1 app\n" + rest));
  }

  private static ByteArrayInputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> all(BundleReader reader) throws IOException, Refusal {
    Map<String, String> files = new LinkedHashMap<>();
    for (Optional<BundleFile> next = reader.next(); next.isPresent(); next = reader.next()) {
      byte[] content = next.get().content().readAllBytes();
      files.put(next.get().path(), new String(content, StandardCharsets.UTF_8));
    }
    return files;
  }

  private void write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
