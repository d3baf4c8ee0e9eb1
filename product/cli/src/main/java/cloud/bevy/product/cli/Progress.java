package cloud.bevy.product.cli;

import cloud.bevy.foundation.base.Time;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/// A bar on the error stream that shows how much of some bytes has gone; nothing where nobody sees
/// it, because the stream is not a terminal or the work is over at once.
final class Progress {
  private static final int WIDTH = 30;
  private static final long STEP_NANOS = 100_000_000;
  private static final int PERCENT = 100;

  private final Time time;
  private final PrintWriter out;
  private final String what;
  private final long total;
  private final boolean seen;
  private long next;
  private boolean drawn;

  Progress(Time time, PrintWriter out, String what, long total) {
    this.time = time;
    this.out = out;
    this.what = what;
    this.total = total;
    this.seen = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    this.next = time.nanos() + STEP_NANOS;
  }

  /// @param done how many bytes of the total have gone
  void at(long done) {
    if (!seen || time.nanos() < next) {
      return;
    }
    next = time.nanos() + STEP_NANOS;
    drawn = true;
    int filled = total == 0 ? WIDTH : (int) (done * WIDTH / total);
    long percent = total == 0 ? PERCENT : done * PERCENT / total;
    out.print(
        "\r"
            + what
            + " ["
            + "#".repeat(filled)
            + " ".repeat(WIDTH - filled)
            + "] "
            + percent
            + "%");
    out.flush();
  }

  /// Takes the bar away.
  void done() {
    if (drawn) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
