package cloud.bevy.services.buckets;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// How many bytes something may hold, and how many of them are spoken for by uploads under way. The
/// bytes that are there are counted only where there is a limit.
final class Quota {
  private final Supplier<OptionalLong> limit;
  private final LongSupplier used;
  private final AtomicLong underWay = new AtomicLong();

  /// @param limit asked each time
  /// @param used how many bytes are there, durably
  Quota(Supplier<OptionalLong> limit, LongSupplier used) {
    this.limit = limit;
    this.used = used;
  }

  /// The limit, if there is one.
  OptionalLong limit() {
    return limit.get();
  }

  /// Sets bytes aside for an upload, if that many more may come. What the upload takes the place of
  /// still counts: it is there until the upload is.
  boolean take(long bytes) {
    OptionalLong most = limit.get();
    while (true) {
      long others = underWay.get(); // first: an upload that ends meanwhile counts twice, not never
      if (most.isPresent() && used.getAsLong() + others + bytes > most.getAsLong()) {
        if (underWay.get() == others) {
          return false;
        }
      } else if (underWay.compareAndSet(others, others + bytes)) {
        return true;
      }
    }
  }

  /// Gives back what was set aside: the upload is durable, or has failed.
  void giveBack(long bytes) {
    underWay.addAndGet(-bytes);
  }
}
