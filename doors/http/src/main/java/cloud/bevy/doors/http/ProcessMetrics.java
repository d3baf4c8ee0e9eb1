package cloud.bevy.doors.http;

import cloud.bevy.foundation.base.Disk;
import cloud.bevy.foundation.base.DiskFile;
import cloud.bevy.foundation.base.World;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the process takes from the machine, under the names that every Prometheus client uses.
final class ProcessMetrics {
  private static final Path MEMORY = Path.of("/proc/self/statm");
  private static final int LINE_BYTES = 256;
  private static final double PAGE_BYTES = 4096;

  private ProcessMetrics() {}

  static void register(World world, Metrics metrics) {
    Instant started = world.time().now();
    metrics
        .optional(
            "process_cpu_seconds_total",
            Metrics.Kind.COUNTER,
            "User and system time of this process.",
            ProcessMetrics::cpuSeconds)
        .optional(
            "process_resident_memory_bytes",
            Metrics.Kind.GAUGE,
            "Resident memory of this process.",
            () -> residentBytes(world.disk()))
        .gauge(
            "process_start_time_seconds",
            Metrics.Kind.GAUGE,
            "When the process started, in Unix time.",
            () -> started.toEpochMilli() / 1e3)
        .gauge(
            "bevy_heap_bytes",
            Metrics.Kind.GAUGE,
            "Memory that objects take, garbage included.",
            () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
  }

  private static Optional<Double> cpuSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(Duration::toNanos)
        .map(n -> n / 1e9);
  }

  /// Linux tells; elsewhere the number is left out.
  private static Optional<Double> residentBytes(Disk disk) {
    try (DiskFile file = disk.open(MEMORY, Disk.Mode.READ)) {
      ByteBuffer line = ByteBuffer.allocate(LINE_BYTES);
      int count = file.read(line, 0);
      String[] pages =
          new String(line.array(), 0, Math.max(count, 0), StandardCharsets.US_ASCII).split(" ", -1);
      return pages.length < 2
          ? Optional.empty()
          : Optional.of(Long.parseLong(pages[1]) * PAGE_BYTES);
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
