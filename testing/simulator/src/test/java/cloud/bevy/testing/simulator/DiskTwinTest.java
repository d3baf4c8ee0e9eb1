package cloud.bevy.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.bevy.foundation.base.Chance;
import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskEntry;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.RealWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As long as nothing fails and nothing crashes, programs cannot tell the simulated disk from the
/// real one.
final class DiskTwinTest {
  private static final int STEPS = 60;
  private static final List<String> FOLDERS = List.of("", "d0", "d1", "d0/d2");
  private static final List<String> FILES = List.of("f0", "f1", "f2");

  private static final List<String> TARGETS =
      List.of("f0", "f1", "../f2", "d0", "d1", "d0/d2", "../d1/f0", ".", "..", "nowhere", "d0//f1");

  @TempDir private Path temporary;

  @Test
  void theSimulatedDiskAnswersAsTheRealOne() {
    Disk real = RealWorld.create((level, sentence) -> {}).disk();
    Seeds.forEach(
        "disk-twin",
        25,
        simulation -> {
          Path around = Files.createTempDirectory(temporary, "twin"); // some links lead out of it
          Path folder = Files.createDirectory(around.resolve("top"));
          Disk simulated = simulation.machine("a").world().disk();
          simulated.createDirectories(folder);
          for (int step = 0; step < STEPS; step++) {
            Act act = act(simulation.chance());
            String expected = answer(act, real, folder);
            assertThat(answer(act, simulated, folder)).as(act.name()).isEqualTo(expected);
          }
          assertThat(simulation.machine("a").disk().used()).isEqualTo(bytesBelow(around));
        });
  }

  private record Act(String name, Call call) {}

  private interface Call {
    String on(Disk disk, Path folder) throws IOException;
  }

  private static Act act(Chance chance) {
    String file = file(chance);
    String other = file(chance);
    String folder = FOLDERS.get(chance.below(FOLDERS.size()));
    int position = chance.below(50);
    byte[] bytes = chance.bytes(chance.below(30));
    String target = TARGETS.get(chance.below(TARGETS.size()));
    return switch (chance.below(14)) {
      case 0 -> new Act("make " + folder, (disk, top) -> make(disk, top.resolve(folder)));
      case 1 -> new Act("list " + folder, (disk, top) -> "" + disk.list(top.resolve(folder)));
      case 2 -> new Act("rename " + file, (disk, top) -> rename(disk, top, List.of(file, other)));
      case 3 -> new Act("delete " + file, (disk, top) -> delete(disk, top.resolve(file)));
      case 4 -> new Act("delete " + folder, (disk, top) -> delete(disk, top.resolve(folder)));
      case 5 -> new Act("cut " + file, (disk, top) -> cut(disk, top.resolve(file), position));
      case 6 -> new Act("read " + file, (disk, top) -> read(disk, top.resolve(file), position));
      case 7 -> new Act("create " + file, (disk, top) -> create(disk, top.resolve(file)));
      case 8 -> new Act("replace " + file, (disk, top) -> replace(disk, top.resolve(file), bytes));
      case 9 -> new Act("link " + file, (disk, top) -> link(disk, top.resolve(file), target));
      case 10 -> new Act("link d0", (disk, top) -> link(disk, top.resolve("d0"), target));
      case 11 -> new Act("look " + file, (disk, top) -> look(disk, top.resolve(file)));
      case 12 -> new Act("run " + file, (disk, top) -> run(disk, top.resolve(file), position));
      default -> new Act("write " + file, (d, top) -> write(d, top.resolve(file), position, bytes));
    };
  }

  private static String file(Chance chance) {
    String folder = FOLDERS.get(chance.below(FOLDERS.size()));
    String name = FILES.get(chance.below(FILES.size()));
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private static String answer(Act act, Disk disk, Path folder) {
    try {
      return act.call().on(disk, folder);
    } catch (NoSuchFileException | FileAlreadyExistsException promised) {
      return promised.getClass().getSimpleName();
    } catch (IOException other) {
      return "IOException";
    }
  }

  private static String make(Disk disk, Path folder) throws IOException {
    disk.createDirectories(folder);
    return disk.isDirectory(folder) + " " + disk.exists(folder);
  }

  private static String rename(Disk disk, Path top, List<String> names) throws IOException {
    disk.rename(top.resolve(names.getFirst()), top.resolve(names.getLast()));
    return disk.exists(top.resolve(names.getFirst())) + " " + disk.isDirectory(top);
  }

  private static String delete(Disk disk, Path path) throws IOException {
    disk.delete(path);
    return "" + disk.exists(path);
  }

  private static String cut(Disk disk, Path path, int size) throws IOException {
    try (DiskFile file = disk.open(path, Disk.Mode.WRITE)) {
      file.truncate(size);
      return "" + file.size();
    }
  }

  private static String read(Disk disk, Path path, int position) throws IOException {
    try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(40);
      int count = file.read(bytes, position);
      return count + " " + HexFormat.of().formatHex(bytes.array()) + " " + file.size();
    }
  }

  private static String create(Disk disk, Path path) throws IOException {
    disk.open(path, Disk.Mode.CREATE).close();
    return "created";
  }

  private static String replace(Disk disk, Path path, byte[] bytes) throws IOException {
    disk.replace(path, bytes);
    return Arrays.toString(disk.read(path, 100));
  }

  private static String link(Disk disk, Path path, String target) throws IOException {
    disk.createLink(path, target);
    return disk.readLink(path) + " " + disk.exists(path) + " " + disk.isDirectory(path);
  }

  private static String look(Disk disk, Path path) throws IOException {
    // The size of a folder is 0 here, whatever the file system says.
    String entry = disk.look(path).map(DiskEntry::toString).orElse("nothing");
    return entry + (entry.contains("LINK") ? disk.readLink(path) : "");
  }

  private static String run(Disk disk, Path path, int position) throws IOException {
    try (DiskFile file = disk.open(path, Disk.Mode.WRITE)) {
      file.executable(position % 2 == 0);
      file.sync();
    }
    return look(disk, path);
  }

  private static String write(Disk disk, Path path, int position, byte[] bytes) throws IOException {
    try (DiskFile file = disk.open(path, Disk.Mode.WRITE)) {
      ByteBuffer half = ByteBuffer.wrap(bytes, 0, bytes.length / 2);
      ByteBuffer rest = ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
      file.write(new ByteBuffer[] {half, rest}, position);
      file.sync();
      return half.remaining() + rest.remaining() + " " + file.size();
    }
  }

  private static long bytesBelow(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .mapToLong(path -> path.toFile().length())
          .sum();
    }
  }
}
