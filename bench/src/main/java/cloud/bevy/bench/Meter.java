package cloud.bevy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Measures this process and prints one [Measurement] a line, as JSON: what a [Comparison] reads.
/// What is measured is run before, unmeasured, until the compiler has seen it.
final class Meter {
  private static final int WARM_UPS = 3;

  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ObjectMapper json = new ObjectMapper();

  /// Work that is measured.
  @FunctionalInterface
  interface Work {
    /// Does `operations` operations.
    void run(int operations) throws Exception;
  }

  /// Measures `operations` operations, after some rounds of as many for warming up.
  void measure(String name, int operations, Work work) throws Exception {
    for (int round = 0; round < WARM_UPS; round++) {
      work.run(operations);
    }
    System.gc(); // what the warm-up left behind is not the work's
    long cpu = machine.getProcessCpuTime();
    long time = System.nanoTime();
    work.run(operations);
    Measurement measurement =
        new Measurement(
            name,
            operations,
            (machine.getProcessCpuTime() - cpu) / 1e9,
            (System.nanoTime() - time) / 1e9);
    System.out.println(json.writeValueAsString(measurement));
  }
}
