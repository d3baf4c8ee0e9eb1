package cloud.bevy.cluster.cloud;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a service holds in memory for an open cloud, made once. Making it may take its time and use
/// the disk: those who want the same wait for it, those who want something else do not.
final class Attachment {
  private final ReentrantLock making = new ReentrantLock();
  private @Nullable Object value;

  Object get(Supplier<?> make) {
    making.lock();
    try {
      if (value == null) {
        value = Objects.requireNonNull(make.get());
      }
      return value;
    } finally {
      making.unlock();
    }
  }

  /// Closes it, if it was made and can be.
  ///
  /// @return why that did not work
  Optional<Exception> close() {
    making.lock();
    try {
      if (value instanceof AutoCloseable closeable) {
        closeable.close();
      }
      return Optional.empty();
    } catch (Exception failure) {
      return Optional.of(failure);
    } finally {
      making.unlock();
    }
  }
}
