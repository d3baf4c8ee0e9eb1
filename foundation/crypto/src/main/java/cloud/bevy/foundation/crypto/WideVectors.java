package cloud.bevy.foundation.crypto;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/// Whether C2 makes vector instructions of 64 bytes (AVX-512 and its like), twice as wide as
/// libsodium's. Asked once: the JDK's answer takes some tens of milliseconds.
final class WideVectors {
  private static final int WIDE_BYTES = 64;

  /// Whether it does. It does not where nobody can say.
  static final boolean THERE = bytes() >= WIDE_BYTES;

  private WideVectors() {}

  private static int bytes() {
    try {
      HotSpotDiagnosticMXBean machine =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return machine == null
          ? 0
          : Integer.parseInt(machine.getVMOption("MaxVectorSize").getValue());
    } catch (LinkageError | IllegalArgumentException | SecurityException unknown) {
      return 0;
    }
  }
}
