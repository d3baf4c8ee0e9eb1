package cloud.bevy.cluster.cloud;

/// An open cloud with the number of its leases. All but [#close] is called with the lock of
/// [Clouds] held.
final class OpenCloud {
  private final Cloud cloud;
  private int leases;
  private boolean watched;
  private long unusedSince;

  OpenCloud(Cloud cloud) {
    this.cloud = cloud;
  }

  Cloud cloud() {
    return cloud;
  }

  void begin() {
    leases++;
  }

  /// Ends a lease.
  ///
  /// @param now in the world's nanoseconds
  /// @return whether somebody must look from now on whether it is still used: one timer does, as
  ///   one for each lease would be work for each request
  boolean end(long now) {
    leases--;
    unusedSince = now;
    boolean first = leases == 0 && !watched;
    watched = watched || first;
    return first;
  }

  boolean used() {
    return leases > 0;
  }

  /// Nobody looks any more, until its last lease ends.
  void unwatched() {
    watched = false;
  }

  /// When its last lease ended, in the world's nanoseconds.
  long unusedSince() {
    return unusedSince;
  }

  void close() {
    cloud.close();
  }
}
