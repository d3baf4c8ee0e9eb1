package cloud.bevy.testing.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened, as a hash of all of it and as the last events in words.
final class Trace {
  private static final int KEPT = 256;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final @Nullable Event[] last = new @Nullable Event[KEPT];
  private long count;
  private long hash = PRIME;

  /// Notes an event: its kind, what it happened to, and two numbers that belong to it.
  void note(String kind, String subject, long first, long second) {
    mix(kind.hashCode());
    mix(subject.hashCode());
    mix(first);
    mix(second);
    last[(int) (count++ % KEPT)] = new Event(kind, subject, first, second);
  }

  long hash() {
    return hash;
  }

  List<String> lastEvents() {
    List<String> events = new ArrayList<>();
    for (long i = Math.max(0, count - KEPT); i < count; i++) {
      events.add(i + " " + last[(int) (i % KEPT)]);
    }
    return events;
  }

  private void mix(long value) {
    hash = Long.rotateLeft((hash ^ value) * PRIME, 29);
  }

  private record Event(String kind, String subject, long first, long second) {
    @Override
    public String toString() {
      return kind + " " + subject + " " + first + " " + second;
    }
  }
}
