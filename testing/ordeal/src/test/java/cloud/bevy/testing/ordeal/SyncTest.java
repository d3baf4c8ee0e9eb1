package cloud.bevy.testing.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AWS CLI moves a real tree of thousands of files up and down again.
@Order(Integer.MAX_VALUE)
class SyncTest {
  private static final int LEAST_FILES = 2_000;
  private static final long LEAST_BYTES = 500_000_000;

  @TempDir private Path folder;

  @Test
  void aTreeThatWentUpAndCameDownIsTheSameToTheLastByte() throws Exception {
    Tools.need("aws");
    Path tree = Files.createDirectory(folder.resolve("tree"));
    fill(tree);
    try (BevyProcess bevy = BevyProcess.start(folder.resolve("home"))) {
      Shell shell = new Shell(folder, bevy.environment());
      shell.run("aws s3 mb s3://tree").requireSuccess();
      shell.run("aws s3 sync --no-progress --quiet tree s3://tree/a").requireSuccess();
      assertThat(shell.run("aws s3 sync tree s3://tree/a").requireSuccess())
          .as("a second sync has nothing to do")
          .isBlank();
      shell.run("aws s3 sync --no-progress --quiet s3://tree/a back").requireSuccess();
      shell.run("diff -r tree back").requireSuccess();
      String last = shell.run("aws s3 ls --recursive s3://tree | wc -l").requireSuccess();
      assertThat(Long.parseLong(last.strip())).isEqualTo(files(tree));
    }
  }

  /// Copies of the libraries this build itself uses, as often as it takes. Buckets know no folders,
  /// so that empty ones would not come back.
  private void fill(Path tree) throws IOException, InterruptedException {
    Path repository = Path.of(System.getProperty("user.home"), ".m2", "repository");
    for (int copy = 0; files(tree) < LEAST_FILES || bytes(tree) < LEAST_BYTES; copy++) {
      new Shell(tree, Map.of()).run("cp -r '" + repository + "' copy" + copy).requireSuccess();
    }
    new Shell(tree, Map.of()).run("find . -mindepth 1 -type d -empty -delete").requireSuccess();
  }

  private static long files(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      return paths.filter(Files::isRegularFile).count();
    }
  }

  private static long bytes(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      return paths.filter(Files::isRegularFile).mapToLong(SyncTest::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
