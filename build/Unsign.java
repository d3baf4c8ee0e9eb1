import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Takes the signatures out of jars. Java checks a signed jar at each start, which takes a sixth
/// of a second, and does not keep its classes in the start cache; Maven has checked what it
/// downloaded.
///
/// Usage: `java Unsign.java JAR…`
final class Unsign {
  private Unsign() {}

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      try (FileSystem archive = FileSystems.newFileSystem(Path.of(jar))) {
        for (Path file : signatures(archive.getPath("META-INF"))) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Path> signatures(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.(SF|RSA|DSA|EC)")).toList();
    }
  }
}
