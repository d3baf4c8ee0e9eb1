package cloud.bevy.hyper.stream;

import cloud.bevy.foundation.base.Tasks;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks at a stream from time to time: sends a keep-alive where nothing was sent, and ends the
/// stream where the other side is silent, or does not read.
final class Pulse {
  private static final Duration MOST = Duration.ofSeconds(30);

  private final World world;
  private final StreamOptions options;
  private final FrameReader incoming;
  private final Outgoing outgoing;
  private final Consumer<IOException> end;
  private final Duration period;
  private final ReentrantLock lock = new ReentrantLock();
  private Tasks.@Nullable Timer timer;
  private boolean ended;
  private long heard = -1;
  private long heardAt;
  private long said;
  private long saidAt;

  /// @param end is told why the stream cannot go on
  Pulse(
      World world,
      StreamOptions options,
      FrameReader incoming,
      Outgoing outgoing,
      Consumer<IOException> end) {
    this.world = world;
    this.options = options;
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.end = end;
    this.period = period(options);
    this.heardAt = world.time().nanos();
    this.saidAt = heardAt;
  }

  private static Duration period(StreamOptions options) {
    Duration period = shorter(MOST, options.write().dividedBy(4));
    if (options.keepAlive().isPositive()) {
      period = shorter(period, options.keepAlive().dividedBy(2));
    }
    return options.idle().isPositive() ? shorter(period, options.idle().dividedBy(4)) : period;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  void start() {
    lock.lock();
    try {
      if (!ended) {
        timer = world.tasks().after(period, "stream pulse", this::beat);
      }
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      ended = true;
      if (timer != null) {
        timer.cancel();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The next beat is set before this one sends: what it sends may take long.
  private void beat() {
    start();
    long now = world.time().nanos();
    try {
      listen(now);
      speak(now);
    } catch (IOException broken) {
      end.accept(broken);
    }
  }

  private void listen(long now) throws IOException {
    long steps = incoming.steps();
    if (steps != heard || !incoming.waiting()) {
      heard = steps;
      heardAt = now;
    } else if (passed(options.idle(), now - heardAt)) {
      throw new IOException("nothing was heard from the other side for " + options.idle());
    }
  }

  private void speak(long now) throws IOException {
    long steps = outgoing.steps();
    if (steps != said) {
      said = steps;
      saidAt = now;
    } else if (outgoing.waiting()) {
      if (now - saidAt >= options.write().toNanos()) {
        throw new IOException("the other side has read nothing for " + options.write());
      }
    } else if (passed(options.keepAlive(), now - saidAt + period.toNanos())) {
      outgoing.keepAlive();
    }
  }

  private static boolean passed(Duration limit, long nanos) {
    return limit.isPositive() && nanos >= TimeUnit.NANOSECONDS.convert(limit);
  }
}
