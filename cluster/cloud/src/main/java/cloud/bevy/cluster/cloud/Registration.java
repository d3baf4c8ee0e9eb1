package cloud.bevy.cluster.cloud;

import java.time.Instant;

/// What the registry keeps of a cloud.
///
/// @param master the 32 bytes that all keys of the cloud derive from
record Registration(CloudKey key, String name, Instant created, byte[] master) {
  /// Never the master key.
  @Override
  public String toString() {
    return "Registration[" + key + ", " + name + "]";
  }
}
