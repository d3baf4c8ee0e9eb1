package cloud.bevy.foundation.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RealDiskTest {
  private final Disk disk = new RealDisk();

  @TempDir private Path folder;

  @Test
  void aLinkIsLookedAtAndNotFollowed() throws IOException {
    Path link = folder.resolve("link");
    disk.createLink(link, "../outside");
    assertThat(disk.look(link)).contains(new DiskEntry(DiskEntry.Kind.LINK, false, 0));
    assertThat(disk.readLink(link)).isEqualTo("../outside");
    assertThat(disk.exists(link)).isFalse();
    assertThatThrownBy(() -> disk.createLink(link, "elsewhere"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> disk.createLink(folder.resolve("no"), "a\0b"))
        .isInstanceOf(IOException.class);
    disk.delete(link);
    assertThat(disk.look(link)).isEmpty();
    assertThat(disk.look(folder)).contains(new DiskEntry(DiskEntry.Kind.FOLDER, false, 0));
  }

  @Test
  void thoseMayRunAFileWhoMayReadIt() throws IOException {
    Path path = folder.resolve("program");
    try (DiskFile file = disk.open(path, Disk.Mode.CREATE)) {
      file.write(bytes("#!"), 0);
      file.executable(true);
      file.sync();
    }
    assertThat(disk.look(path)).contains(new DiskEntry(DiskEntry.Kind.FILE, true, 2));
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
    assertThat(rights.contains(PosixFilePermission.OTHERS_EXECUTE))
        .isEqualTo(rights.contains(PosixFilePermission.OTHERS_READ));
    try (DiskFile file = disk.open(path, Disk.Mode.WRITE)) {
      file.executable(false);
    }
    assertThat(disk.look(path)).contains(new DiskEntry(DiskEntry.Kind.FILE, false, 2));
    try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
      assertThatThrownBy(() -> file.executable(true)).isInstanceOf(RuntimeException.class);
    }
  }

  /// Whatever the file system, and however the pieces lie.
  @Test
  void whatIsWrittenPastTheCacheIsReadAsWritten() throws IOException {
    byte[] expected = new byte[20 * DiskFile.PAGE];
    ByteBuffer memory = Arena.global().allocate(expected.length, DiskFile.PAGE).asByteBuffer();
    new Random(1).nextBytes(expected);
    memory.put(0, expected);
    int page = DiskFile.PAGE;
    int[] ends = {3, page, 3 * page, 3 * page + 1, 4 * page, 12 * page, 15 * page + 7, 20 * page};
    Path shared = Path.of("/dev/shm"); // often a file system that cannot
    for (Path where : List.of(folder, Files.isWritable(shared) ? shared : folder)) {
      Path path = Files.createTempFile(where, "past", "");
      try (DiskFile file = disk.open(path, Disk.Mode.WRITE)) {
        int from = 0;
        for (int end : ends) {
          file.writePast(memory.slice(from, end - from), from);
          from = end;
        }
        file.writePast(ByteBuffer.wrap(expected, 0, page), 0);
        file.sync();
        ByteBuffer read = ByteBuffer.allocate(expected.length);
        file.readFully(read, 0);
        assertThat(read.array()).isEqualTo(expected);
      } finally {
        Files.delete(path);
      }
      assertThat(disk.exists(path)).isFalse();
    }
  }

  @Test
  void wholePagesGoPastTheCacheWhereTheFileSystemCan() throws IOException {
    ByteBuffer pages = Arena.global().allocate(2L * DiskFile.PAGE, DiskFile.PAGE).asByteBuffer();
    try (DiskFile file = disk.open(folder.resolve("file"), Disk.Mode.CREATE)) {
      boolean can = file.writePast(pages.slice(0, DiskFile.PAGE), 0);
      assumeTrue(can, "this file system has no O_DIRECT");
      assertThat(file.writePast(pages.slice(1, DiskFile.PAGE), DiskFile.PAGE)).isFalse();
      assertThat(file.writePast(pages.slice(0, DiskFile.PAGE), 1)).isFalse();
      assertThat(file.writePast(pages.slice(0, 100), DiskFile.PAGE)).isFalse();
      assertThat(file.writePast(pages.slice(DiskFile.PAGE, DiskFile.PAGE), 0)).isTrue();
    }
  }

  /// As [DiskFile] promises for all its calls.
  @Test
  void aTaskThatIsInterruptedWritesAllTheSame() throws IOException {
    ByteBuffer pages = Arena.global().allocate(2L * DiskFile.PAGE, DiskFile.PAGE).asByteBuffer();
    try (DiskFile file = disk.open(folder.resolve("file"), Disk.Mode.CREATE)) {
      Thread.currentThread().interrupt();
      file.writePast(pages.duplicate(), 0);
      assertThat(Thread.interrupted()).isTrue();
      file.writePast(pages, 2L * DiskFile.PAGE);
      assertThat(file.size()).isEqualTo(4L * DiskFile.PAGE);
    }
  }

  @Test
  void whatIsWrittenIsReadAtItsPosition() throws IOException {
    try (DiskFile file = disk.open(folder.resolve("file"), Disk.Mode.CREATE)) {
      file.write(bytes("hello"), 3);
      file.sync();
      assertThat(file.size()).isEqualTo(8);
      ByteBuffer read = ByteBuffer.allocate(5);
      file.readFully(read, 3);
      assertThat(read.array()).isEqualTo("hello".getBytes(UTF_8));
      assertThat(file.read(ByteBuffer.allocate(1), 8)).isEqualTo(-1);
    }
  }

  @Test
  void manyBuffersAreWrittenOneAfterTheOther() throws IOException {
    ByteBuffer[] buffers = new ByteBuffer[3000];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = ByteBuffer.allocate(2).putShort((short) i).flip();
    }
    try (DiskFile file = disk.open(folder.resolve("file"), Disk.Mode.CREATE)) {
      file.write(buffers, 10);
      ByteBuffer read = ByteBuffer.allocate(6000);
      file.readFully(read, 10);
      assertThat(read.getShort(2 * 2999)).isEqualTo((short) 2999);
      assertThat(file.size()).isEqualTo(6010);
    }
  }

  @Test
  void aReadPastTheEndSaysHowMuchIsMissing() throws IOException {
    try (DiskFile file = disk.open(folder.resolve("file"), Disk.Mode.CREATE)) {
      file.write(bytes("abc"), 0);
      assertThatThrownBy(() -> file.readFully(ByteBuffer.allocate(5), 1))
          .isInstanceOf(EOFException.class)
          .hasMessage("file ends at 3, 3 bytes early");
    }
  }

  @Test
  void aFileIsCutAndSent() throws IOException {
    try (DiskFile file = disk.open(folder.resolve("file"), Disk.Mode.CREATE)) {
      file.write(bytes("0123456789"), 0);
      file.truncate(6);
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      assertThat(file.transferTo(2, 100, Channels.newChannel(sent))).isEqualTo(4);
      assertThat(sent.toString(UTF_8)).isEqualTo("2345");
    }
  }

  @Test
  void modesSayWhatMustBeThere() throws IOException {
    Path file = folder.resolve("file");
    assertThatThrownBy(() -> disk.open(file, Disk.Mode.READ))
        .isInstanceOf(NoSuchFileException.class);
    disk.open(file, Disk.Mode.WRITE).close();
    assertThatThrownBy(() -> disk.open(file, Disk.Mode.CREATE))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aReplacedFileHasTheNewContentAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("file");
    disk.replace(file, "old".getBytes(UTF_8));
    disk.replace(file, "new".getBytes(UTF_8));
    assertThat(disk.read(file, 3)).isEqualTo("new".getBytes(UTF_8));
    assertThat(disk.list(folder)).containsExactly(Path.of("file"));
  }

  @Test
  void aFileLargerThanTheLimitIsNotReadWhole() throws IOException {
    Path file = folder.resolve("file");
    disk.replace(file, new byte[11]);
    assertThat(disk.read(file, 11)).hasSize(11);
    assertThatThrownBy(() -> disk.read(file, 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than the limit of 10");
  }

  @Test
  void foldersAreMadeWithThoseAboveThem() throws IOException {
    Path deep = folder.resolve("a/b/c");
    disk.createDirectories(deep);
    disk.createDirectories(deep);
    assertThat(disk.isDirectory(deep)).isTrue();
    disk.replace(folder.resolve("file"), new byte[0]);
    assertThatThrownBy(() -> disk.createDirectories(folder.resolve("file/below")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aDeviceWithoutRoomIsAFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    try (DiskFile file = disk.open(full, Disk.Mode.WRITE)) {
      assertThatThrownBy(() -> file.write(bytes("x"), 0)).isInstanceOf(DiskFullException.class);
      assertThatThrownBy(() -> file.write(new ByteBuffer[] {bytes("x")}, 0))
          .isInstanceOf(DiskFullException.class);
    }
  }

  @Test
  void anInterruptedTaskDoesNotCloseTheFileForOthers() throws Exception {
    try (DiskFile file = disk.open(folder.resolve("file"), Disk.Mode.CREATE)) {
      file.write(ByteBuffer.allocate(8192), 0);
      CountDownLatch reading = new CountDownLatch(1);
      Thread reader = Thread.ofVirtual().start(() -> readUntilInterrupted(file, reading));
      reading.await();
      reader.interrupt();
      reader.join();
      Thread.currentThread().interrupt();
      file.write(bytes("still"), 0);
      file.sync();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file.read(ByteBuffer.allocate(5), 0)).isEqualTo(5);
    }
  }

  private static void readUntilInterrupted(DiskFile file, CountDownLatch reading) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        file.readFully(ByteBuffer.allocate(8192), 0);
        reading.countDown();
      }
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void aClosedFileStaysClosed() throws IOException {
    DiskFile file = disk.open(folder.resolve("file"), Disk.Mode.CREATE);
    file.close();
    assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 0))
        .isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aLockIsTakenOnceInThisProcess() throws IOException {
    Path path = folder.resolve("lock");
    Disk.DiskLock lock = disk.tryLock(path).orElseThrow();
    assertThat(new RealDisk().tryLock(path)).isEmpty();
    lock.close();
    Optional<Disk.DiskLock> again = disk.tryLock(path);
    assertThat(again).isPresent();
    again.orElseThrow().close();
  }

  @Test
  void aRefusedAttemptDoesNotGiveTheLockAway() throws Exception {
    Path path = folder.resolve("lock");
    try (Disk.DiskLock _ = disk.tryLock(path).orElseThrow()) {
      assertThat(disk.tryLock(path)).isEmpty();
      assertThat(anotherProcessTakes(path)).isFalse();
    }
    assertThat(anotherProcessTakes(path)).isTrue();
  }

  private static boolean anotherProcessTakes(Path path) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    String main = LockTaker.class.getName();
    Process process =
        new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, main, path.toString())
            .inheritIO()
            .start();
    return process.waitFor() == 0;
  }

  /// Ends with 0 if it could take the lock.
  static final class LockTaker {
    private LockTaker() {}

    public static void main(String[] arguments) throws IOException {
      boolean taken = new RealDisk().tryLock(Path.of(arguments[0])).isPresent();
      System.exit(taken ? 0 : 1);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
