package cloud.bevy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Objects;

/// Measures this process and prints one [Measurement] a line, as JSON: what a [Comparison] reads.
/// What is measured is run before, unmeasured, for as long as it takes the compilers to be done
/// with it: by the CPU's clock, for on a busy machine they are not by any other.
/// `bench/peers/meter.mjs` does the same for as long. Where the environment's `BENCH_ONLY` has some
/// text, only work whose name contains it is measured.
final class Meter {
  private static final double WARM_UP_SECONDS = 30;
  private static final double MEASURED_SECONDS = 5;

  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ObjectMapper json = new ObjectMapper();
  private final String only = Objects.requireNonNullElse(System.getenv("BENCH_ONLY"), "");
  private long asideCpu;
  private long asideNanos;

  /// Work that is measured.
  @FunctionalInterface
  interface Work {
    /// Does `operations` operations.
    void run(int operations) throws Exception;
  }

  /// Measures rounds of `operations` operations, after others for warming up.
  void measure(String name, int operations, Work work) throws Exception {
    if (!name.contains(only)) {
      return;
    }
    rounds(operations, WARM_UP_SECONDS, work);
    System.gc(); // what the warm-up left behind is not the work's
    long cpu = cpu();
    long time = nanos();
    int rounds = rounds(operations, MEASURED_SECONDS, work);
    Measurement measurement =
        new Measurement(
            name, (long) rounds * operations, (cpu() - cpu) / 1e9, (nanos() - time) / 1e9);
    System.out.println(json.writeValueAsString(measurement));
  }

  /// Works for at least so many seconds of CPU time.
  ///
  /// @return how many rounds that were
  private int rounds(int operations, double seconds, Work work) throws Exception {
    long begun = cpu();
    int rounds = 0;
    do {
      work.run(operations);
      rounds++;
    } while (cpu() - begun < seconds * 1e9);
    return rounds;
  }

  /// Does what belongs to no measurement, in the middle of one: clearing up between its rounds.
  void aside(Work work) throws Exception {
    long cpu = machine.getProcessCpuTime();
    long time = System.nanoTime();
    work.run(1);
    asideCpu += machine.getProcessCpuTime() - cpu;
    asideNanos += System.nanoTime() - time;
  }

  private long cpu() {
    return machine.getProcessCpuTime() - asideCpu;
  }

  private long nanos() {
    return System.nanoTime() - asideNanos;
  }
}
