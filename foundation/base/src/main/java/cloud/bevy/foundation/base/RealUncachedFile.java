package cloud.bevy.foundation.base;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Writes a file past the system's cache, where the file system can (Linux: `O_DIRECT`): what goes
/// through the cache is copied once more, into memory that has to be found for it first.
final class RealUncachedFile {
  /// What Linux says where a file system cannot, if it did not say so when the file was opened.
  private static final String CANNOT = "Invalid argument";

  /// The JDK's own, of a module that need not be there.
  private static final Optional<OpenOption> PAST = option();

  private final Path path;
  private final BooleanSupplier same;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable FileChannel channel;
  private boolean impossible;

  /// @param same whether it is still that file
  RealUncachedFile(Path path, BooleanSupplier same) {
    this.path = path;
    this.same = same;
  }

  /// Writes what can be written so. The rest of `from` is for an ordinary write.
  void write(ByteBuffer from, long position) throws IOException {
    long end = position + from.remaining();
    FileChannel open = null;
    while (fits(from, end - from.remaining()) && (open = channel()) != null) {
      try {
        open.write(from, end - from.remaining());
      } catch (ClosedChannelException interrupted) {
        return; // which an ordinary write looks after
      } catch (IOException failure) {
        if (!CANNOT.equals(failure.getMessage())) {
          throw failure;
        }
        impossible();
      }
    }
  }

  private static boolean fits(ByteBuffer from, long position) {
    return from.isDirect()
        && from.hasRemaining()
        && from.remaining() % DiskFile.PAGE == 0
        && position % DiskFile.PAGE == 0
        && MemorySegment.ofBuffer(from).address() % DiskFile.PAGE == 0;
  }

  private @Nullable FileChannel channel() {
    lock.lock();
    try {
      if (!impossible && (channel == null || !channel.isOpen())) {
        channel = open();
        impossible = channel == null;
      }
      return impossible ? null : channel;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable FileChannel open() {
    FileChannel opened = null;
    try {
      if (PAST.isEmpty() || DiskFile.PAGE % Files.getFileStore(path).getBlockSize() != 0) {
        return null;
      }
      opened = FileChannel.open(path, StandardOpenOption.WRITE, PAST.get());
      if (same.getAsBoolean()) {
        return opened;
      }
      opened.close();
    } catch (IOException | UnsupportedOperationException cannot) {
      // An ordinary write says what is wrong, if anything is.
    }
    return null;
  }

  private static Optional<OpenOption> option() {
    try {
      Object[] options = Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
      return Arrays.stream(options)
          .filter(option -> option.toString().equals("DIRECT"))
          .map(OpenOption.class::cast)
          .findFirst();
    } catch (ClassNotFoundException missing) {
      return Optional.empty();
    }
  }

  private void impossible() throws IOException {
    lock.lock();
    try {
      impossible = true;
      close();
    } finally {
      lock.unlock();
    }
  }

  void close() throws IOException {
    lock.lock();
    try {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
