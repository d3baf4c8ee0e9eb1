package cloud.bevy.cluster.cloud;

import cloud.bevy.foundation.base.Tasks.Timer;
import org.jspecify.annotations.Nullable;

/// An open cloud with the number of its leases. All but [#close] is called with the lock of
/// [Clouds] held.
final class OpenCloud {
  private final Cloud cloud;
  private int leases;
  private @Nullable Timer closing;

  OpenCloud(Cloud cloud) {
    this.cloud = cloud;
  }

  Cloud cloud() {
    return cloud;
  }

  void begin() {
    leases++;
    if (closing != null) {
      closing.cancel();
      closing = null;
    }
  }

  /// Ends a lease.
  ///
  /// @return whether it was the last one
  boolean end() {
    leases--;
    return leases == 0;
  }

  void closeLater(Timer timer) {
    closing = timer;
  }

  boolean used() {
    return leases > 0;
  }

  void close() {
    cloud.close();
  }
}
