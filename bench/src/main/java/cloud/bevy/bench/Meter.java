package cloud.bevy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Measures this process and prints one [Measurement] a line, as JSON: what a [Comparison] reads.
/// What is measured is run before, unmeasured, for as long as it takes the compilers to be done
/// with it; `bench/peers/meter.mjs` does the same for as long.
final class Meter {
  private static final double WARM_UP_SECONDS = 15;
  private static final double MEASURED_SECONDS = 5;

  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ObjectMapper json = new ObjectMapper();

  /// Work that is measured.
  @FunctionalInterface
  interface Work {
    /// Does `operations` operations.
    void run(int operations) throws Exception;
  }

  /// Measures rounds of `operations` operations, after others for warming up.
  void measure(String name, int operations, Work work) throws Exception {
    rounds(operations, WARM_UP_SECONDS, work);
    System.gc(); // what the warm-up left behind is not the work's
    long cpu = machine.getProcessCpuTime();
    long time = System.nanoTime();
    int rounds = rounds(operations, MEASURED_SECONDS, work);
    Measurement measurement =
        new Measurement(
            name,
            (long) rounds * operations,
            (machine.getProcessCpuTime() - cpu) / 1e9,
            (System.nanoTime() - time) / 1e9);
    System.out.println(json.writeValueAsString(measurement));
  }

  /// Works for at least so long.
  ///
  /// @return how many rounds that were
  private static int rounds(int operations, double seconds, Work work) throws Exception {
    long begun = System.nanoTime();
    int rounds = 0;
    do {
      work.run(operations);
      rounds++;
    } while (System.nanoTime() - begun < seconds * 1e9);
    return rounds;
  }
}
