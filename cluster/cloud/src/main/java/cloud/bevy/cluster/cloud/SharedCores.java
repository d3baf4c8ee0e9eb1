package cloud.bevy.cluster.cloud;

import cloud.bevy.hyper.core.Core;
import cloud.bevy.hyper.replication.Access;
import java.util.Optional;
import java.util.function.Function;

/// The access rule of a machine's door: whoever knows the key of a shared core may read it.
///
/// @param shared finds a shared core by its discovery key
record SharedCores(Function<byte[], Optional<Core>> shared) implements Access {
  @Override
  public boolean allows(byte[] publicKey, Core core) {
    return shared.apply(core.discoveryKey()).isPresent();
  }

  @Override
  public Optional<Core> beyond(byte[] discoveryKey) {
    return shared.apply(discoveryKey);
  }
}
