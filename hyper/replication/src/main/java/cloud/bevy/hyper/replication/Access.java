package cloud.bevy.hyper.replication;

import cloud.bevy.hyper.core.Core;
import java.util.Optional;

/// Decides which cores a peer may see. Asked when a peer names a core, and before a peer is asked
/// for one; of cores that it may not see it is told nothing, not even that they exist. Must not
/// block.
@FunctionalInterface
public interface Access {
  /// Whether the peer may see the core.
  ///
  /// @param publicKey the 32 bytes that the peer has proved to hold the secret key of
  boolean allows(byte[] publicKey, Core core);

  /// Where the corestore has no core of the name that a peer has given: the core, if there is one
  /// even so, because nothing of it is on the disk yet.
  ///
  /// @param discoveryKey 32 bytes that the peer has named
  default Optional<Core> beyond(byte[] discoveryKey) {
    return Optional.empty();
  }

  /// Lets every peer see what it knows the key of.
  static Access all() {
    return (_, _) -> true;
  }
}
