package cloud.bevy.doors.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// How long things took: counted in ranges, so that recording is two additions.
public final class Histogram {
  /// The upper ends of the ranges; longer times are counted in a last one without an end.
  static final List<Duration> BOUNDS =
      Stream.of(1, 5, 25, 100, 500, 2_500, 10_000).map(Duration::ofMillis).toList();

  private final long[] bounds = BOUNDS.stream().mapToLong(Duration::toNanos).toArray();
  private final LongAdder[] counts =
      Stream.generate(LongAdder::new).limit(bounds.length + 1L).toArray(LongAdder[]::new);
  private final LongAdder nanos = new LongAdder();

  /// Nothing was recorded yet.
  public Histogram() {}

  /// Records that something took so many nanoseconds.
  public void record(long took) {
    int range = 0;
    while (range < bounds.length && took > bounds[range]) {
      range++;
    }
    counts[range].increment();
    nanos.add(took);
  }

  /// How many were recorded in a range, not counting those below it.
  long count(int range) {
    return counts[range].sum();
  }

  /// The sum of all that was recorded, in seconds.
  double seconds() {
    return nanos.sum() / 1e9;
  }
}
