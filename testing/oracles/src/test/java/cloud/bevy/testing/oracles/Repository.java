package cloud.bevy.testing.oracles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of the repository, without what a build makes.
record Repository(Path root) {
  private static final Set<String> SKIPPED = Set.of(".git", "target", "node_modules", ".idea");
  private static final long TEXT_LIMIT = 4 << 20;

  /// A file that can be read as text.
  record TextFile(String path, String text) {}

  static Repository ofThisBuild() {
    String root = System.getProperty("bevy.root");
    if (root == null) {
      throw new IllegalStateException("no -Dbevy.root: run this with Maven from the root folder");
    }
    return new Repository(Path.of(root));
  }

  List<TextFile> textFiles() throws IOException {
    List<TextFile> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = SKIPPED.contains(folder.getFileName().toString());
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() < TEXT_LIMIT) {
              addText(file, files);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private void addText(Path file, List<TextFile> files) {
    try {
      String text = Files.readString(file);
      if (text.indexOf('\0') < 0) {
        files.add(new TextFile(root.relativize(file).toString(), text));
      }
    } catch (MalformedInputException binary) {
      // Not text, so nothing that these rules are about.
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
