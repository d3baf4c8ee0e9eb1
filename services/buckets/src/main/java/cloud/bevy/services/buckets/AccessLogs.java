package cloud.bevy.services.buckets;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.cluster.cloud.Lease;
import cloud.bevy.foundation.base.Fault;
import cloud.bevy.foundation.base.Tasks.Timer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What has been done with the buckets of a cloud that log accesses, until it is delivered to the
/// buckets it is logged in: after a short while, or when it becomes much, or when the machine
/// stops. A machine that ends in another way has not delivered the last of it.
///
/// While there is something to deliver the cloud stays open, and one timer runs. Where nothing is
/// logged there is neither.
public final class AccessLogs implements AutoCloseable {
  /// After how long a record is delivered.
  static final Duration DELAY = Duration.ofMinutes(1);

  /// How many bytes of records are delivered at once.
  static final int MOST = 1 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Cloud cloud;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<Destination, ByteArrayOutputStream> records = new LinkedHashMap<>();
  private long bytes;
  private long lost;
  private boolean closed;
  private @Nullable Lease open;
  private @Nullable Timer timer;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  private AccessLogs(Cloud cloud) {
    this.cloud = cloud;
  }

  /// The logs of a cloud, while it is open.
  public static AccessLogs in(Cloud cloud) {
    return cloud.attachment(AccessLogs.class, AccessLogs::new);
  }

  /// Where records go that become one object.
  ///
  /// @param day of the records, where objects are to have those of one day
  private record Destination(Bucket source, AccessLogging logging, Optional<LocalDate> day) {}

  /// What is delivered now.
  private record Delivery(
      Map<Destination, ByteArrayOutputStream> records, long lost, Optional<Lease> open) {}

  /// Has a record delivered, some time.
  ///
  /// @param at when what it tells of was done
  /// @param line with its end
  public void add(Bucket source, AccessLogging logging, Instant at, byte[] line) {
    boolean byDay = logging.keys().filter(AccessLogging.Keys.BY_EVENT::equals).isPresent();
    Optional<LocalDate> day =
        byDay ? Optional.of(LocalDate.ofInstant(at, ZoneOffset.UTC)) : Optional.empty();
    stayOpen();
    boolean much;
    lock.lock();
    try {
      if (closed || bytes + line.length > 2 * MOST) {
        lost++;
        return;
      }
      records
          .computeIfAbsent(
              new Destination(source, logging, day), any -> new ByteArrayOutputStream())
          .writeBytes(line);
      bytes += line.length;
      much = bytes >= MOST;
    } finally {
      lock.unlock();
    }
    if (much) {
      deliver();
    }
  }

  /// Keeps the cloud open until the next delivery.
  private void stayOpen() {
    lock.lock();
    try {
      if (open != null || closed) {
        return;
      }
    } finally {
      lock.unlock();
    }
    Optional<Lease> lease = cloud.stayOpen();
    boolean first;
    lock.lock();
    try {
      first = open == null && !closed;
      if (first) {
        open = lease.orElse(null);
        timer = cloud.world().tasks().after(DELAY, "access-logs", this::deliver);
      }
    } finally {
      lock.unlock();
    }
    if (!first) {
      lease.ifPresent(Lease::close);
    }
  }

  /// Delivers what there is. What cannot be delivered is gone, and the person who runs the machine
  /// is told so. Deliveries follow one another.
  public void deliver() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> before;
    lock.lock();
    try {
      before = last;
      last = mine;
    } finally {
      lock.unlock();
    }
    try {
      cloud.world().tasks().await(before, PATIENCE);
      deliver(take());
    } catch (TimeoutException late) {
      cloud.world().log().warning("access logs are delivered late: the disk is slow");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      mine.complete(null);
    }
  }

  private Delivery take() {
    lock.lock();
    try {
      Delivery taken = new Delivery(records, lost, Optional.ofNullable(open));
      if (timer != null) {
        timer.cancel();
      }
      records = new LinkedHashMap<>();
      bytes = 0;
      lost = 0;
      open = null;
      timer = null;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void deliver(Delivery delivery) {
    List<String> failures = new ArrayList<>();
    try {
      delivery
          .records()
          .forEach((destination, text) ->
              failure(destination, text.toByteArray()).ifPresent(failures::add));
    } finally {
      delivery.open().ifPresent(Lease::close);
    }
    if (delivery.lost() > 0) {
      failures.add(delivery.lost() + " more came than could be held");
    }
    if (!failures.isEmpty()) {
      cloud
          .world()
          .log()
          .warning(
              "access logs of cloud %s were not delivered: %s"
                  .formatted(cloud.name(), String.join("; ", failures)));
    }
  }

  private Optional<String> failure(Destination to, byte[] text) {
    try {
      LogDelivery delivery = new LogDelivery(cloud, to.source(), to.logging());
      return delivery.deliver(text, to.day());
    } catch (Fault fault) {
      return Optional.of(Fault.describe(fault));
    }
  }

  /// Delivers what there is; what is added later is lost.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    deliver();
  }
}
