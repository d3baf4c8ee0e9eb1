package cloud.bevy.services.functions;

import cloud.bevy.cluster.cloud.CloudKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// How many records feeds had since the machine started, and which of them are behind. Costs
/// nothing to read: no cloud is opened for it.
public final class FeedCount {
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong deadLetters = new AtomicLong();
  private final Map<Id, Instant> behind = new ConcurrentHashMap<>();

  private record Id(CloudKey cloud, FeedId feed) {}

  FeedCount() {}

  /// Records that functions have taken.
  public long delivered() {
    return delivered.get();
  }

  /// How often a function has not taken a batch, or could not be asked.
  public long failures() {
    return failures.get();
  }

  /// Records that were put into buckets because no function has taken them.
  public long deadLetters() {
    return deadLetters.get();
  }

  /// How many feeds wait to try something again.
  public int waiting() {
    return behind.size();
  }

  /// How old the oldest record is that such a feed has not delivered.
  public Duration lag(Instant now) {
    return behind.values().stream()
        .min(Comparator.naturalOrder())
        .filter(oldest -> oldest.isBefore(now))
        .map(oldest -> Duration.between(oldest, now))
        .orElse(Duration.ZERO);
  }

  void deliver(int records) {
    delivered.addAndGet(records);
  }

  void fail(CloudKey cloud, FeedId feed, Instant oldest) {
    failures.incrementAndGet();
    behind.put(new Id(cloud, feed), oldest);
  }

  void bury(int records) {
    deadLetters.addAndGet(records);
  }

  /// Says that a feed waits for nothing.
  void settle(CloudKey cloud, FeedId feed) {
    behind.remove(new Id(cloud, feed));
  }
}
