package cloud.bevy.hyper.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.bevy.hyper.bee.NodeCache;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MirrorTest {
  private static final int ROUNDS = 40;
  private static final int LARGE = BlobWriter.GROUP_BYTES + 5;
  private static final List<String> NAMES =
      Stream.of("a", "b", "a.b", "a0", "-", "é", "\ud83d\ude00", "\uffee", "c d", "B")
          .filter(MirrorTest::hasPath)
          .toList();

  private DriveFixture fixture;
  private Drive drive;
  private Drive other;
  private Path source;
  private Path target;

  @BeforeEach
  void open(@TempDir Path temporary) throws IOException {
    fixture = new DriveFixture(temporary.resolve("store"));
    drive = fixture.drive;
    other = Drive.open(fixture.world, fixture.cores.namespace("other"), new NodeCache(1 << 20));
    source = Files.createDirectories(temporary.resolve("source"));
    target = temporary.resolve("target/deep");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whateverChangesInAFolderArrivesThroughTwoDrivesInAnother() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      for (int changes = random.nextInt(8); changes >= 0; changes--) {
        change(random);
      }
      drive.mirrorFrom(source).run();
      drive.mirrorTo(other).run();
      MirrorReport last = other.mirrorTo(target).run();
      assertThat(last.refused()).isZero();
      assertThat(content(target)).isEqualTo(content(source));
      assertThat(drive.mirrorFrom(source).run().unchanged()).isTrue();
      assertThat(drive.mirrorTo(other).run().unchanged()).isTrue();
      assertThat(other.mirrorTo(target).run().unchanged()).isTrue();
      assertThat(other.mirrorFrom(target).run().unchanged()).isTrue();
    }
  }

  @Test
  void whatHasChangedSinceAVersionIsAllThatIsLookedAt() throws Exception {
    Random random = new Random(8);
    long version = 1;
    for (int round = 0; round < ROUNDS; round++) {
      change(random);
      drive.mirrorFrom(source).run();
      MirrorReport report = drive.mirrorTo(target).since(version).run();
      version = report.version();
      assertThat(report.same()).isZero();
      assertThat(content(target)).isEqualTo(content(source));
    }
    assertThatThrownBy(() -> drive.mirrorFrom(source).since(1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyWhatDiffersIsCopied() throws Exception {
    write("same", "1");
    write("changed", "1");
    write("run", "1");
    drive.mirrorFrom(source).run();
    long version = drive.version();
    long blocks = drive.content().length();
    write("changed", "2");
    executable("run");
    write("new", "1");
    MirrorReport report = drive.mirrorFrom(source).run();
    assertThat(report.same()).isEqualTo(1);
    assertThat(report.changed()).isEqualTo(2);
    assertThat(report.added()).isEqualTo(1);
    assertThat(report.version()).isEqualTo(drive.version()).isEqualTo(version + 3);
    assertThat(drive.content().length()).isEqualTo(blocks + 2);
  }

  @Test
  void onlyAFolderIsMirroredAndIgnoredPathsAreLeftAlone() throws Exception {
    drive.put("/in/a", "1".getBytes(UTF_8));
    drive.put("/in/ignored", "1".getBytes(UTF_8));
    drive.put("/out", "1".getBytes(UTF_8));
    Files.createDirectories(target.resolve("in"));
    Files.writeString(target.resolve("in/kept.tmp"), "x");
    Files.writeString(target.resolve("in/gone"), "x");
    Files.writeString(target.resolve("beside"), "x");
    MirrorReport report =
        drive
            .mirrorTo(target)
            .under("in")
            .ignoring(path -> path.endsWith("ignored") || path.endsWith(".tmp"))
            .run();
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(content(target).keySet()).containsExactly("beside", "in/a", "in/kept.tmp");
  }

  @Test
  void whatIsOnlyHereIsKeptWhereThatIsWanted() throws Exception {
    drive.put("/a", "1".getBytes(UTF_8));
    Files.createDirectories(target);
    Files.writeString(target.resolve("b"), "x");
    assertThat(drive.mirrorTo(target).keeping().run().deleted()).isZero();
    assertThat(content(target).keySet()).containsExactly("a", "b");
    other.put("/c", "1".getBytes(UTF_8));
    assertThat(drive.mirrorTo(other).keeping().run().added()).isEqualTo(1);
    assertThat(other.names("/")).toIterable().containsExactly("a", "c");
  }

  @Test
  void emptiedFoldersGoAndOtherEmptyFoldersStay() throws Exception {
    drive.put("/a/b/c", "1".getBytes(UTF_8));
    drive.mirrorTo(target).run();
    Files.createDirectories(target.resolve("mine"));
    drive.delete("/a/b/c");
    drive.mirrorTo(target).run();
    assertThat(target.toFile().list()).containsExactly("mine");
  }

  @Test
  void metadataGoesFromDriveToDrive() throws Exception {
    drive.put("/a", "1".getBytes(UTF_8), FileOptions.PLAIN.withMetadata("{\"x\":1}"));
    drive.mirrorTo(other).run();
    assertThat(other.entry("/a").orElseThrow().entry().metadata()).contains("{\"x\":1}");
    long blocks = other.content().length();
    try (DriveBatch batch = drive.batch()) {
      batch.put("/a", drive.entry("/a").orElseThrow().entry().withMetadata("2"));
      DriveFixture.await(batch.commit());
    }
    assertThat(drive.mirrorTo(other).run().changed()).isEqualTo(1);
    assertThat(other.entry("/a").orElseThrow().entry().metadata()).contains("2");
    assertThat(other.content().length()).isEqualTo(blocks);
  }

  @Test
  void aDriveThatIsNotWrittenHereIsNotMirroredTo() throws Exception {
    Drive reader = Drive.remote(fixture.world, fixture.cores, new byte[32], new NodeCache(1 << 20));
    assertThatThrownBy(() -> reader.mirrorFrom(source).run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void manyChangesAreCommittedInParts() throws Exception {
    for (int i = 0; i < 1100; i++) {
      write("f" + i, "text " + i);
    }
    MirrorReport report = drive.mirrorFrom(source).run();
    assertThat(report.added()).isEqualTo(1100);
    assertThat(drive.get("/f777")).contains("text 777".getBytes(UTF_8));
    Files.delete(source.resolve("f0"));
    assertThat(drive.mirrorFrom(source).run().deleted()).isEqualTo(1);
  }

  /// A JVM in a locale that knows ASCII only has no paths with other letters.
  private static boolean hasPath(String name) {
    return Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode(name);
  }

  /// One random change of the source folder.
  private void change(Random random) throws IOException {
    Path path = source.resolve(name(random));
    switch (random.nextInt(10)) {
      case 0 -> Files.writeString(clear(path), "x".repeat(random.nextInt(200_000)));
      case 1 -> Files.write(clear(path), new byte[LARGE]);
      case 2 -> remove(path);
      case 3 -> link(path, random);
      case 4, 5 -> executable(path, random.nextBoolean());
      default -> Files.writeString(clear(path), "text " + random.nextInt(5));
    }
  }

  private static String name(Random random) {
    List<String> names = new ArrayList<>();
    IntStream.rangeClosed(0, random.nextInt(3))
        .forEach(_ -> names.add(NAMES.get(random.nextInt(NAMES.size()))));
    return String.join("/", names);
  }

  /// Makes the path one that a file can be written to.
  private Path clear(Path path) throws IOException {
    for (Path at = path.getParent(); at.startsWith(source); at = at.getParent()) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(at);
      }
    }
    remove(path);
    Files.createDirectories(path.getParent());
    return path;
  }

  private static void remove(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      try (var paths = Files.walk(path)) {
        for (Path each : paths.toList().reversed()) {
          Files.delete(each);
        }
      }
    }
  }

  private void link(Path path, Random random) throws IOException {
    String to = NAMES.get(random.nextInt(NAMES.size()));
    boolean absolute = random.nextBoolean();
    Files.createSymbolicLink(clear(path), absolute ? source.resolve(to) : Path.of(to));
  }

  private static void executable(Path path, boolean runs) throws IOException {
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      Set<PosixFilePermission> rights = EnumSet.of(PosixFilePermission.OWNER_READ);
      rights.add(PosixFilePermission.OWNER_WRITE);
      if (runs) {
        rights.add(PosixFilePermission.OWNER_EXECUTE);
      }
      Files.setPosixFilePermissions(path, rights);
    }
  }

  private void executable(String name) throws IOException {
    executable(source.resolve(name), true);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(source.resolve(name), text);
  }

  /// All files and links of a folder, by path. Links are as they are seen from their folder.
  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        String name = folder.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          Path end = path.getParent().resolve(Files.readSymbolicLink(path)).normalize();
          all.put(name, "link " + folder.relativize(end));
        } else if (Files.isRegularFile(path)) {
          String runs = Files.isExecutable(path) ? "runs " : "";
          all.put(name, runs + Files.readString(path, UTF_8));
        }
      }
    }
    return all;
  }
}
