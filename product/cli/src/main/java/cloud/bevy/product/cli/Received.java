package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.Time;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// How much has come so far, on the error stream, where a person sees it.
final class Received {
  private static final long STEP_NANOS = 200_000_000;
  private static final double MEGABYTE = 1e6;

  private final Time time;
  private final PrintWriter out;
  private final boolean seen;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong next;

  Received(Time time, PrintWriter out) {
    this.time = time;
    this.out = out;
    this.seen = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    this.next = new AtomicLong(time.nanos() + STEP_NANOS);
  }

  /// How many bytes have come.
  long bytes() {
    return bytes.get();
  }

  void add(long more) {
    long sum = bytes.addAndGet(more);
    long due = next.get();
    long now = time.nanos();
    if (seen && now >= due && next.compareAndSet(due, now + STEP_NANOS)) {
      out.print(String.format(Locale.ROOT, "\rMirroring: %.1f MB received", sum / MEGABYTE));
      out.flush();
    }
  }

  /// Takes the line away.
  void done() {
    if (seen) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
