package cloud.bevy.bench;

/// What a program has measured of itself.
///
/// @param name of the line in the table
/// @param operations how many were done
/// @param cpuSeconds of the whole process, with compiler, collector and the system's work for it
/// @param seconds by the clock
record Measurement(String name, long operations, double cpuSeconds, double seconds) {
  double perCpuSecond() {
    return operations / cpuSeconds;
  }

  double perSecond() {
    return operations / seconds;
  }
}
